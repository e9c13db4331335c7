/** The way out to Teams, with chats to write to, made anew for every test of a file. */
import { afterEach, beforeEach } from 'vitest';
import { teamsChannel } from '../../../adapters/teams/teams-channel.ts';
import type { TeamsOptions } from '../../../adapters/teams/teams-options.ts';
import type { Channel, SendOutcome } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import { statement } from '../../support/prompts.ts';
import { BOT, type StandInTeams, startTeamsStandIn, TENANT } from '../../support/teams/stand-in.ts';
import { PUBLIC_URL, say } from './teams-bot.ts';

const PERSON = `${TENANT}/00000000-1111-4222-8333-444444444444`;
export const GROUP = '19:group@thread.v2';
export const CHANNEL = '19:channel@thread.tacv2';
export const NEWS = statement('Most picked the skate ramp. Councillor Green said yes.');

export interface ChannelForEachTest {
  /** The ones of the test that runs. */
  readonly teams: StandInTeams;
  readonly channel: Channel;
  readonly make: (more?: Partial<TeamsOptions>) => Channel;
  /** From now on it is sent by one with these settings. */
  readonly use: (more: Partial<TeamsOptions>) => void;
  /** News to a person's own chat, unless told otherwise. */
  readonly send: (more?: Sent) => Promise<SendOutcome>;
  /** What leads back to a chat, as it was kept. */
  readonly reference: (place?: Place) => string;
}

interface Sent {
  readonly address?: string;
  readonly reference?: string;
  readonly prompts?: readonly Prompt[];
}

interface Place {
  readonly id?: string;
  readonly conversationType?: string;
  readonly tenantId?: string;
  readonly serviceUrl?: string;
}

export function channelForEachTest(): ChannelForEachTest {
  let running: { readonly teams: StandInTeams; readonly channel: Channel } | undefined;

  function now() {
    if (running === undefined) throw new Error('No test has begun');
    return running;
  }
  function make(more: Partial<TeamsOptions> = {}, { settings } = now().teams): Channel {
    const ambient = {
      now: () => new Date('2026-11-02T16:00:00Z'),
      below: (below: number) => below - 1,
    };
    const options = { ...settings, publicUrl: PUBLIC_URL, organisation: 'Bury Council', ambient };
    return teamsChannel({ ...options, timeoutMs: 400, ...more }, { say });
  }
  function reference(place: Place = {}): string {
    const { id = 'a:own', conversationType = 'personal', tenantId = TENANT, serviceUrl } = place;
    return JSON.stringify({
      channelId: 'msteams',
      serviceUrl: serviceUrl ?? now().teams.serviceUrl,
      conversation: { id, conversationType, tenantId },
      bot: { id: BOT },
    });
  }

  beforeEach(async () => {
    const teams = await startTeamsStandIn();
    for (const chat of ['a:own', GROUP, CHANNEL]) teams.connector.chat(chat, { members: [] });
    running = { teams, channel: make({}, teams) };
  });
  afterEach(() => now().teams.close());

  return {
    get teams() {
      return now().teams;
    },
    get channel() {
      return now().channel;
    },
    make: (more) => make(more),
    use: (more) => {
      running = { ...now(), channel: make(more) };
    },
    reference,
    send: (more = {}) =>
      now().channel.send({
        address: PERSON,
        reference: reference(),
        prompts: [NEWS],
        nonce: 'a-nonce',
        ...more,
      }),
  };
}
