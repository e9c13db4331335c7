/** What an invitation says: one text for each language and each source that an audience file names. */
import type { Invitee, Invitees } from '../consultation/invitee-list.ts';
import type { Words } from '../delivery/same-words.ts';
import { textIn } from '../feedback/broadcasts.ts';
import type { Flow } from '../flow/flow.ts';
import type { Prompt } from '../flow/prompt.ts';
import { statement } from './say.ts';
import type { World } from './world.ts';

export interface InvitationText {
  /** Which people get it: `wordingOf` says the same of them. */
  readonly wording: string;
  readonly language: string;
  readonly prompts: readonly Prompt[];
}

/** As `delivery/same-words.ts` compares them. */
export function wordsOfInvitations(texts: readonly InvitationText[]): readonly Words[] {
  return texts.map(({ wording, prompts }) => ({ wording, text: prompts[0]?.text ?? '' }));
}

const AT_ONCE = 5_000;

export function invitationTexts(
  world: World,
  flow: Flow,
  invitees: Invitees,
): readonly InvitationText[] {
  const texts = new Map<string, InvitationText>();
  for (let from = 0; from < invitees.length; from += AT_ONCE) {
    for (const invitee of invitees.slice(from, from + AT_ONCE)) {
      const wording = wordingOf(invitee, flow);
      if (texts.has(wording)) continue;
      const language = languageOf(invitee, flow);
      const text = world.words.say('invitation', language, {
        organisation: world.installation.organisation,
        source: invitee.source,
        asks: flow.promise ? textIn(flow.promise.asks, language) : textIn(flow.title, language),
        keyword: flow.keyword,
      });
      texts.set(wording, { wording, language, prompts: [statement(text, language)] });
    }
  }
  return [...texts.values()];
}

/** A source has no line breaks (consultation/audience.ts). */
export function wordingOf(invitee: Invitee, flow: Flow): string {
  return `${languageOf(invitee, flow)}\n${invitee.source}`;
}

function languageOf({ language }: Invitee, flow: Flow): string {
  return language ?? flow.languages[0] ?? 'en';
}
