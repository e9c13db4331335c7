/**
 * What Teams is told of this installation: the app's manifest. It asks for no permission, names no
 * domain but the installation's own, and offers the bot in a personal chat, a group chat, a meeting
 * and a channel.
 */
import type { Manifest } from './manifest-rules.ts';
import { BRAND } from './mark.ts';

export interface Installation {
  readonly appId: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly organisation: string;
}

/** Raised with every change of what stands here, so that Teams offers the new one. */
const VERSION = '1.0.0';

export function manifest({ appId, publicUrl, organisation }: Installation): Manifest {
  const { hostname } = new URL(publicUrl);
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    version: VERSION,
    id: appId.toLowerCase(),
    developer: {
      name: shortened(organisation, 32),
      websiteUrl: publicUrl,
      privacyUrl: `${publicUrl}/privacy`,
      termsOfUseUrl: `${publicUrl}/privacy`,
    },
    name: { short: 'Heard', full: `Heard from ${organisation}` },
    description: {
      short: 'Say what you think in private, and hear what happened because of it.',
      full: [
        `${organisation} asks young people what they think, and tells every one of them what happened.`,
        'Answer in a chat of your own, or in private inside a group chat, a channel or a meeting. Nobody else in the chat sees your answers. Staff are not shown who said what.',
        'Your own organisation’s IT team may be able to see what you type in Teams.',
        'Type HELP for people to talk to, STOP to end.',
      ].join('\n\n'),
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: BRAND,
    bots: [
      {
        botId: appId.toLowerCase(),
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          { scopes: ['personal'], commands: PERSONAL },
          { scopes: ['team', 'groupChat'], commands: SHARED },
        ],
      },
    ],
    validDomains: [hostname],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot', meetings: 'bot' },
  };
}

const PERSONAL = [
  { title: 'check', description: 'What happened with what I took part in' },
  { title: 'delete', description: 'Take my answers back, while that is still possible' },
  { title: 'easy', description: 'Ask me in easy words' },
  { title: 'help', description: 'What I can do here, and people to talk to' },
  { title: 'stop', description: 'No more messages' },
];

const SHARED = [
  { title: 'start', description: 'Post a consultation here, for each of us to answer in private' },
  { title: 'results', description: 'What people said, once it is safe to show' },
  { title: 'promise', description: 'What we were promised, and what is late' },
  { title: 'raise', description: 'Tell the council about something. Everyone here sees it' },
  { title: 'raised', description: 'What we raised, and what became of it' },
  { title: 'help', description: 'What I can do here' },
];

/** At a word, where there is one. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const atWord = cut.lastIndexOf(' ');
  return `${cut.slice(0, atWord > 0 ? atWord : cut.length).trimEnd()}…`;
}
