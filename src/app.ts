/**
 * The composition root: settings in, everything wired, one value out that the commands and the
 * server work with. Nothing else in the house builds a pool, opens the keys or reads the sentences.
 */
import type { Pool } from 'pg';
import { announcer } from './app/announcer.ts';
import { channelsFor } from './app/channels.ts';
import { openDatabase, type Role } from './app/database.ts';
import { openHolidays } from './app/holidays.ts';
import { installationOf } from './app/installation.ts';
import { leadOf } from './app/lead.ts';
import { lostKeyAlarm } from './app/lost-key.ts';
import { sendingPolicyOf } from './app/sending-policy.ts';
import { readSystemWords } from './app/system-words-file.ts';
import { type CompileDocument, compilerFor, createFlowStore } from './consultation/flow-store.ts';
import type { ReleaseDeps } from './consultation/release.ts';
import { createTurnStore } from './conversation/turn-store.ts';
import type { World } from './conversation/world.ts';
import { type CopyLedger, createCopyLedger } from './delivery/copy-ledger.ts';
import { createReplyLedger } from './delivery/reply-ledger.ts';
import type { Holidays } from './delivery/school-days.ts';
import { type Ambient, systemAmbient } from './platform/ambient.ts';
import type { Config } from './platform/config.ts';
import { createLog, type Log } from './platform/log.ts';
import { createOutsideClock, type OutsideClock } from './platform/outside-clock.ts';
import { createContacts } from './privacy/contacts.ts';
import { checkKeys } from './privacy/key-check.ts';
import { openKeyFolder } from './privacy/key-folder.ts';
import type { KeyHolder } from './privacy/keys.ts';

export interface Heard {
  readonly config: Config;
  readonly world: World;
  readonly compile: CompileDocument;
  readonly releaseDeps: ReleaseDeps;
  readonly databaseUrl: string;
  /** What providers may forget. */
  readonly copies: CopyLedger;
  readonly log: Log;
  /** What time it is, by the answers of the providers. */
  readonly outsideClock: OutsideClock;
  readonly stop: () => Promise<void>;
}

export type OpenedHeard =
  | { readonly kind: 'open'; readonly heard: Heard; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export interface OpenOptions {
  readonly role: Role;
  readonly log?: Log;
  readonly ambient?: Ambient;
}

export async function openHeard(config: Config, options: OpenOptions): Promise<OpenedHeard> {
  const keyFolder = await openKeyFolder({ folder: config.keysDir, dataFolder: config.dataDir });
  if (keyFolder.kind === 'refused') return { kind: 'refused', reasons: [keyFolder.reason] };
  const opened = await openHolidays(config.holidaysFile);
  if (opened.kind === 'refused') return opened;
  const database = await openDatabase(config, options.role);
  if (database.kind === 'refused') return database;
  const checked = await checkKeys(database.pool, keyFolder.keys);
  if (checked.kind === 'refused') {
    await database.close();
    return { kind: 'refused', reasons: [checked.reason] };
  }
  const heard = await wire(config, options, {
    ...database,
    keys: keyFolder.keys,
    holidays: opened.holidays,
  });
  return { kind: 'open', heard, warnings: database.warnings };
}

interface Ground {
  readonly pool: Pool;
  readonly url: string;
  readonly keys: KeyHolder;
  readonly holidays: Holidays;
  readonly close: () => Promise<void>;
}

async function wire(config: Config, options: OpenOptions, ground: Ground): Promise<Heard> {
  const { pool, keys, url } = ground;
  const ambient = options.ambient ?? systemAmbient;
  const log = options.log ?? createLog({ level: 'warn' });
  const words = await readSystemWords();
  const installation = installationOf(config);
  const compile = compilerFor(words, installation);
  const outsideClock = createOutsideClock({ log });
  const channels = await channelsFor(config, words, outsideClock.note);
  const ledger = createReplyLedger({
    db: pool,
    senders: new Map([...channels].map(([name, channel]) => [name, channel.sender])),
    onError: (error) => log.error('replies could not be settled and are tried again', { error }),
  });
  const copies = createCopyLedger({
    db: pool,
    onError: (error) => log.error('copies to delete could not be noted', { error }),
  });
  const lead = leadOf(config);
  const world: World = {
    pool,
    turns: createTurnStore(pool),
    ambient,
    keys,
    contacts: createContacts(keys, ambient),
    flows: createFlowStore(pool, compile),
    words,
    installation,
    channels,
    ledger,
    sending: sendingPolicyOf(config, channels, ground.holidays),
    announce: announcer(pool, log),
    onLostKey: lostKeyAlarm(log),
    ...lead,
  };
  const { timeZone } = installation;
  return {
    config,
    world,
    compile,
    releaseDeps: { pool, keys, ambient, timeZone, min: config.releaseMin, ...lead },
    databaseUrl: url,
    copies,
    log,
    outsideClock,
    stop: async () => {
      await ledger.flush();
      await copies.flush();
      await ground.close();
    },
  };
}
