/** A chat of Amal and Ben with a bot in it, made anew for every test of a file. */
import { afterEach, beforeEach } from 'vitest';
import type { TeamsPorts } from '../../../adapters/teams/teams-options.ts';
import type { PostedActivity } from '../../support/teams/connector.ts';
import { type TeamsPerson, teamsPerson } from '../../support/teams/person.ts';
import { BOT } from '../../support/teams/stand-in.ts';
import { type FakeGroup, fakeGroup, GROUP } from './fake-group.ts';
import { startTeamsBot, type TeamsBot } from './teams-bot.ts';

interface Running {
  readonly group: FakeGroup;
  readonly bot: TeamsBot;
  readonly amal: TeamsPerson;
  readonly ben: TeamsPerson;
}

/** What is read of it belongs to the test that runs. */
export interface GroupForEachTest extends Running {
  /** What stands in the chat, for everyone. */
  readonly standing: () => readonly PostedActivity[];
  /** With another program, or one that fails in some way. */
  readonly restart: (more: Partial<TeamsPorts>) => Promise<void>;
}

export function groupForEachTest(): GroupForEachTest {
  let running: Running | undefined;

  async function start(more: Partial<TeamsPorts> = {}): Promise<void> {
    const group = fakeGroup();
    const bot = await startTeamsBot({ ...group, ...more });
    const amal = teamsPerson(bot.teams, 'amal');
    const ben = teamsPerson(bot.teams, 'ben');
    bot.teams.connector.chat(GROUP, { members: [amal.userId, ben.userId, BOT] });
    running = { group, bot, amal, ben };
  }
  function now(): Running {
    if (running === undefined) throw new Error('No test has started the bot');
    return running;
  }

  beforeEach(() => start());
  afterEach(() => now().bot.close());

  return {
    get group() {
      return now().group;
    },
    get bot() {
      return now().bot;
    },
    get amal() {
      return now().amal;
    },
    get ben() {
      return now().ben;
    },
    standing: () => now().bot.teams.connector.posted(GROUP),
    restart: async (more) => {
      await now().bot.close();
      await start(more);
    },
  };
}
