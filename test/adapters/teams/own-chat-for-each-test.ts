/** Amal's own chat with a bot, made anew for every test of a file; the test says what is replied. */
import { afterEach, beforeEach, type Mock, vi } from 'vitest';
import type { TeamsPorts } from '../../../adapters/teams/teams-options.ts';
import type { Inbound, Receive } from '../../../src/channel.ts';
import type { Prompt, PromptInput } from '../../../src/flow/prompt.ts';
import type { ChatDesk } from '../../../src/shared-chat.ts';
import { asking, statement } from '../../support/prompts.ts';
import { type TeamsPerson, teamsPerson } from '../../support/teams/person.ts';
import { emptyDesk, startTeamsBot, type TeamsBot } from './teams-bot.ts';

export interface OwnChatForEachTest {
  /** The ones of the test that runs. */
  readonly bot: TeamsBot;
  readonly amal: TeamsPerson;
  readonly receive: Mock<Receive>;
  /** Where the conversation stands. */
  readonly current: Mock<ChatDesk['current']>;
  readonly lastInbound: () => Inbound | undefined;
  /** From now on this is the reply to everything. */
  readonly replying: (...prompts: readonly Prompt[]) => Replied;
  readonly restart: (ports: Partial<TeamsPorts>) => Promise<void>;
}

interface Replied {
  readonly handedOver: Mock<() => void>;
  readonly notHandedOver: Mock<() => void>;
}

export function ownChatForEachTest(): OwnChatForEachTest {
  const receive = vi.fn<Receive>();
  const current = vi.fn<ChatDesk['current']>();
  let running: { readonly bot: TeamsBot; readonly amal: TeamsPerson } | undefined;

  async function start(ports: Partial<TeamsPorts>): Promise<void> {
    const bot = await startTeamsBot(ports);
    running = { bot, amal: teamsPerson(bot.teams, 'amal') };
  }
  function now() {
    if (running === undefined) throw new Error('No test has started the bot');
    return running;
  }

  beforeEach(async () => {
    receive.mockReset().mockResolvedValue({ kind: 'silence' });
    current.mockReset().mockResolvedValue(undefined);
    await start({
      receive,
      desk: {
        ...emptyDesk,
        current,
        openConsultations: async () => [{ keyword: 'PARK', title: 'Chesham park', promise: '' }],
      },
    });
  });
  afterEach(() => now().bot.close());

  return {
    get bot() {
      return now().bot;
    },
    get amal() {
      return now().amal;
    },
    receive,
    current,
    lastInbound: () => receive.mock.calls.at(-1)?.[0],
    replying: (...prompts) => {
      const handedOver = vi.fn<() => void>();
      const notHandedOver = vi.fn<() => void>();
      receive.mockResolvedValue({ kind: 'reply', prompts, handedOver, notHandedOver });
      return { handedOver, notHandedOver };
    },
    restart: async (ports) => {
      await now().bot.close();
      await start(ports);
    },
  };
}

export const thanks = statement('Thanks!');

/** The seventh revision of a question, with its hint for those who type. */
export function question(input: PromptInput, more: Partial<Prompt> = {}): Prompt {
  return asking(input, {
    hint: 'Type 1, 2 or 3.',
    keys: [
      { command: 'skip', label: 'Skip' },
      { command: 'back', label: 'Back' },
    ],
    target: { step: 'first', revision: 7 },
    ...more,
  });
}

export const OPTIONS = [
  { id: 'ramp', label: 'Skate ramp' },
  { id: 'lights', label: 'Path lights' },
  { id: 'goals', label: 'Goals' },
];
export const ONE = question({ kind: 'one', options: OPTIONS, layout: 'list' });
