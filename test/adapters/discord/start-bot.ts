/** The bot, connected to the stand-in, with the real words and whatever program a test brings. */
import { readFileSync } from 'node:fs';
import { startDiscord } from '../../../adapters/discord/discord-bot.ts';
import type { DiscordOptions } from '../../../adapters/discord/discord-options.ts';
import type { DiscordPorts } from '../../../adapters/discord/discord-ports.ts';
import { loadSystemWords } from '../../../src/flow/system-words.ts';
import { createLog } from '../../../src/platform/log.ts';
import { type StandIn, startStandIn, TOKEN } from '../../support/discord/stand-in.ts';

export const PERSON = '100000000000000001';
export const OTHER = '100000000000000002';

const file = 'flows/system.yaml';
const loaded = loadSystemWords(readFileSync(file, 'utf8'), { file });
if (loaded.kind === 'refused') throw new Error('The words cannot be read');
export const { say } = loaded.words;
const LANGUAGES = { en: 'English', 'en-easy': 'Easy words', cy: 'Cymraeg', pl: 'Polski' };

export function optionsFor(
  standIn: Pick<StandIn, 'apiUrl' | 'applicationId'>,
  more: Partial<DiscordOptions> = {},
): DiscordOptions {
  const { apiUrl, applicationId } = standIn;
  return {
    token: TOKEN,
    applicationId,
    apiUrl,
    say,
    languages: LANGUAGES,
    publicUrl: 'https://heard.example',
    ...more,
  };
}

export interface RunningBot {
  readonly standIn: StandIn;
  readonly logged: readonly string[];
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface StartOptions {
  readonly standIn?: StandIn;
  readonly options?: Partial<DiscordOptions>;
  readonly logged?: (line: string) => void;
}

export async function startBot(
  ports: Partial<DiscordPorts> = {},
  options: StartOptions = {},
): Promise<RunningBot> {
  const standIn = options.standIn ?? (await startStandIn());
  const logged: string[] = [];
  const write = (line: string) => {
    logged.push(line);
    options.logged?.(line);
  };
  const bot = await startDiscord(optionsFor(standIn, options.options), {
    receive: async () => ({ kind: 'silence' }),
    inChat: async () => ({ posts: [] }),
    desk: { openConsultations: async () => [], current: async () => undefined },
    say,
    log: createLog({ destination: { write } }),
    ...ports,
  });
  await standIn.until(
    'the commands',
    () => standIn.commands().length > 0 || options.standIn !== undefined,
  );
  return {
    standIn,
    logged,
    stop: bot.stop,
    close: async () => {
      await bot.stop();
      await standIn.close();
    },
  };
}
