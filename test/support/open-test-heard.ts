/**
 * Heard as it is wired in earnest, on a fresh database, with its keys in a folder of its own and a
 * clock that stands still until a test moves it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Heard, openHeard } from '../../src/app.ts';
import type { Inbound, Receipt, Receive } from '../../src/channel.ts';
import type { Consultation } from '../../src/consultation/consultations.ts';
import { launch } from '../../src/consultation/launch.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { loadFlow } from '../../src/flow/load.ts';
import { numberedText } from '../../src/flow/numbered-text.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { readConfig } from '../../src/platform/config.ts';
import { freshDatabase } from './fresh-database.ts';

export interface TestHeard {
  readonly heard: Heard;
  readonly receive: Receive;
  readonly clock: { now: Date };
  /** A way in that shares nothing with the first but the database, as on another machine. */
  readonly anotherNode: () => Receive;
  readonly launchFlow: (id: string) => Promise<Consultation>;
  /** Texts from one person, as their phone shows the answers. */
  readonly phone: (address: string, channel?: Inbound['channel']) => Phone;
  readonly keysDir: string;
  readonly url: string;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface Phone {
  readonly text: (text: string, messageId?: string) => Promise<readonly string[]>;
  readonly receipt: (event: Inbound['event'], messageId?: string) => Promise<Receipt>;
}

export async function openTestHeard(
  env: Readonly<Record<string, string>> = {},
  now = new Date('2026-11-02T16:30:00Z'),
): Promise<TestHeard> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'heard-test-'));
  const keysDir = join(folder, 'keys');
  const read = readConfig({
    HEARD_ORGANISATION: 'Bury Council',
    PUBLIC_URL: 'https://bury.example',
    DATABASE_URL: database.url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: keysDir,
    ...env,
  });
  if (read.kind === 'problems') throw new Error(read.problems.join('; '));
  const clock = { now };
  const ambient = { ...systemAmbient, now: () => clock.now };
  const opened = await openHeard(read.config, { role: 'command', ambient });
  if (opened.kind === 'refused') throw new Error(opened.reasons.join('; '));
  const { heard } = opened;
  const receive = createReceive(heard.world);
  let messages = 0;
  return {
    heard,
    receive,
    clock,
    keysDir,
    url: database.url,
    anotherNode: () => createReceive(heard.world),
    launchFlow: (id) => launchFlow(heard, id),
    phone: (address, channel = 'sms') => {
      const receipt: Phone['receipt'] = (event, messageId = `message ${++messages}`) =>
        receive({ channel, address, messageId, event });
      return {
        receipt,
        text: async (text, messageId) => shown(await receipt({ kind: 'text', text }, messageId)),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await heard.stop();
      await database.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the person reads; the reply counts as handed over. */
function shown(receipt: Receipt): readonly string[] {
  if (receipt.kind === 'silence') return [];
  receipt.handedOver();
  return receipt.prompts.map(numberedText);
}

async function launchFlow(heard: Heard, id: string): Promise<Consultation> {
  const file = new URL(`../../flows/${id}.flow.yaml`, import.meta.url);
  return launchText(heard, await readFile(file, 'utf8'), `${id}.flow.yaml`);
}

export async function launchText(heard: Heard, text: string, file: string): Promise<Consultation> {
  const loaded = loadFlow(text, { file });
  if (loaded.kind === 'refused') throw new Error(`${file} does not load`);
  const { world } = heard;
  const launched = await launch(
    { ...world, timeZone: world.installation.timeZone },
    { document: loaded.document, flow: heard.compile(loaded.document), actor: 'command line' },
  );
  if (launched.kind === 'refused') throw new Error(launched.reasons.join('; '));
  return launched.consultation;
}
