/** The Teams adapter on its own, between a stand-in for Teams and ports that a test answers for. */
import type { TeamsOptions, TeamsPorts } from '../../../adapters/teams/teams-options.ts';
import { teamsRouter } from '../../../adapters/teams/teams-router.ts';
import { loadSystemWords } from '../../../src/flow/system-words.ts';
import { createLog } from '../../../src/platform/log.ts';
import type { ChatDesk } from '../../../src/shared-chat.ts';
import { listen } from '../../support/listen.ts';
import { shippedSystemYaml } from '../../support/page-words.ts';
import { type StandInTeams, startTeamsStandIn } from '../../support/teams/stand-in.ts';

export interface TeamsBot {
  readonly teams: StandInTeams;
  readonly log: string[];
  readonly options: TeamsOptions;
  readonly close: () => Promise<void>;
}

const loaded = loadSystemWords(shippedSystemYaml, { file: 'flows/system.yaml' });
if (loaded.kind !== 'loaded') throw new Error('the shipped sentences cannot be read');
const systemWords = loaded.words;
/** The sentences as they are shipped. */
export const { say } = systemWords;

export const PUBLIC_URL = 'https://heard.example';

export const emptyDesk: ChatDesk = {
  openConsultations: async () => [],
  sharedCard: async () => undefined,
  current: async () => undefined,
};

export async function startTeamsBot(
  ports: Partial<TeamsPorts>,
  more: Partial<TeamsOptions> = {},
): Promise<TeamsBot> {
  const teams = await startTeamsStandIn();
  const log: string[] = [];
  const options: TeamsOptions = {
    ...teams.settings,
    publicUrl: PUBLIC_URL,
    organisation: 'Bury Council',
    pause: async () => {},
    updateEveryMs: 0,
    ...more,
  };
  const server = await listen((app) => {
    app.use(
      '/channels/teams',
      teamsRouter(options, {
        receive: async () => ({ kind: 'silence' }),
        inChat: async () => ({ posts: [] }),
        desk: emptyDesk,
        say,
        phrases: (list) => Object.values(systemWords.vocabulary.lists[list] ?? {}).flat(),
        log: createLog({ destination: { write: (line) => log.push(line) } }),
        ...ports,
      }),
    );
  });
  teams.botAt(`${server.url}/channels/teams/messages`);
  return {
    teams,
    log,
    options,
    close: async () => {
      await server.close();
      await teams.close();
    },
  };
}
