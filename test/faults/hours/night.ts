/**
 * A night on which the clocks change, played with real machines: at each of its moments something of
 * every class is planned. What may leave has left before the clocks go on; while nothing may, replies
 * and signposts show that every machine looks for work.
 */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { startStandInProvider } from '../../../src/cli/demo/stand-in-provider.ts';
import { plan } from '../../../src/delivery/plan.ts';
import { systemAmbient } from '../../../src/platform/ambient.ts';
import { openPool } from '../../../src/platform/postgres.ts';
import { type Contacts, createContacts } from '../../../src/privacy/contacts.ts';
import { content, planBroadcast } from '../../delivery/outbox-stage.ts';
import { temporaryFolder } from '../../support/processes.ts';
import type { Wrong } from '../breakages.ts';
import { chanceFrom } from '../chance.ts';
import { type Fleet, startFleet } from '../fleet.ts';
import { type OwnPostgres, underAnotherName } from '../own-postgres.ts';
import { phonesOn } from '../phones.ts';
import { account, environmentOf, keysIn } from '../stage.ts';
import { type Clocks, installClocks } from './clocks.ts';
import { HOURS, isOpen, KINDS, type Left } from './only-in-hours.ts';

export interface Night {
  readonly name: string;
  /** In the order in which they come. */
  readonly moments: readonly string[];
  /** How far the clock of the second machine is off. */
  readonly offMs: number;
}

export interface Played {
  readonly left: readonly Left[];
  /** Begun by Heard, and never sent. */
  readonly leftOver: number;
  /** Texts that got no answer, of one at each moment. */
  readonly unanswered: number;
}

export async function play(night: Night, postgres: OwnPostgres, breakage?: Wrong): Promise<Played> {
  using folder = temporaryFolder();
  const url = await postgres.newDatabase(night.name);
  const pool = openPool(underAnotherName(url), { max: 4 });
  const clockFile = join(folder.path, 'clock');
  const clocks = await installClocks(pool, clockFile);
  await clocks.put(new Date(night.moments[0] ?? ''));
  const sent: Sent[] = [];
  const providers = await Promise.all(
    [0, night.offMs].map((offMs, machine) =>
      startStandInProvider(account, (_, body) => {
        const now = clocks.now();
        sent.push({ body, machine, clocks: [now, new Date(now.getTime() + offMs)] });
      }),
    ),
  );
  for (const own of ['data', 'keys']) await mkdir(join(folder.path, own), { mode: 0o700 });
  const fleet = startFleet({
    account,
    publicUrl: PUBLIC_URL,
    environmentOf: (machine) => ({
      ...environmentOf({ url, folder: folder.path }, providers[Number(machine)]?.url ?? ''),
      HEARD_SEND_WINDOW: 'default',
      HEARD_SMS_PARTS_PER_SECOND: '60',
    }),
    roles: ['both', 'both'],
    faultsOf: (machine) => ({
      clockFile,
      isPatient: true,
      ...(machine === 1 ? { clockOffMs: night.offMs } : {}),
      ...(breakage ? { wrong: breakage.lines } : {}),
    }),
    onDiedAtItsPoint: async () => true,
  });
  try {
    await fleet.allUp();
    const contacts = createContacts(await keysIn(folder.path), systemAmbient);
    const on = { pool, clocks, fleet, sent, people: newPeople(pool, contacts) };
    let unanswered = 0;
    for (const [at, moment] of night.moments.entries())
      unanswered += await passThrough(on, new Date(moment), numberOf(800 + at));
    return { left: sent, leftOver: await waiting(pool, HOURS), unanswered };
  } finally {
    await fleet.stop();
    await Promise.all(providers.map((provider) => provider.stop()));
    await pool.end();
    await postgres.drop(night.name);
  }
}

const PUBLIC_URL = 'http://127.0.0.1:9';
const BEGUN = new RegExp(`^(${KINDS.join('|')}) `);

interface Sent extends Left {
  readonly machine: number;
}

interface On {
  readonly pool: Pool;
  readonly clocks: Clocks;
  readonly fleet: Fleet;
  readonly sent: readonly Sent[];
  readonly people: () => Promise<string>;
}

/** Gives how many texts of this moment got no answer. */
async function passThrough(on: On, moment: Date, asking: string): Promise<number> {
  await on.clocks.put(moment);
  await planOneOfEach(on);
  const phones = phonesOn(on.fleet, account, chanceFrom(moment.getTime()));
  const { replies } = await phones.text(asking, 'HELP', 0);
  await everyMachineLooks(on);
  const open = HOURS.filter((hours) => isOpen(moment, hours));
  await until(`what may leave at ${moment.toISOString()}`, async () => {
    return (await waiting(on.pool, open)) === 0;
  });
  return replies.length === 1 ? 0 : 1;
}

async function planOneOfEach({ pool, people }: On): Promise<void> {
  for (const hours of HOURS) {
    for (const kind of KINDS) {
      const contentId = await content(pool, `${kind} ${hours}`);
      const personId = await people();
      if (kind === 'reminder')
        await plan(pool, [
          { personId, channel: 'sms', class: kind, parts: 1, body: { contentId }, hours },
        ]);
      else
        await planBroadcast(pool, {
          broadcastId: randomUUID(),
          class: kind,
          hours,
          recipients: [{ personId, channel: 'sms', contentIds: [contentId] }],
        });
    }
  }
}

const ALWAYS = ['signpost', 'reply', 'opt-out'] as const;
/** So often a machine has taken what always goes, and with it what else it found. */
const LOOKS = 2;

async function everyMachineLooks({ pool, sent, people }: On): Promise<void> {
  const before = sent.length;
  const looks = (machine: number): number =>
    sent.slice(before).filter((one) => one.machine === machine && !BEGUN.test(one.body)).length;
  for (let at = 0; looks(0) < LOOKS || looks(1) < LOOKS || at < ALWAYS.length; at++) {
    const kind = ALWAYS[at % ALWAYS.length] ?? 'reply';
    const contentId = await content(pool, kind);
    const taken = looks(0) + looks(1);
    await plan(pool, [
      { personId: await people(), channel: 'sms', class: kind, parts: 1, body: { contentId } },
    ]);
    await until(`a ${kind}`, async () => looks(0) + looks(1) > taken);
  }
}

/** Begun by Heard in these hours, and not yet taken. */
async function waiting(pool: Pool, hours: readonly string[]): Promise<number> {
  const { rowCount } = await pool.query(
    `select from delivery.outbox
     where class = any($1) and hours = any($2) and not was_accepted`,
    [KINDS, hours],
  );
  return rowCount ?? 0;
}

const LONGEST_MS = 30_000;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const since = performance.now(); performance.now() - since < LONGEST_MS; ) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error(`did not leave: ${what}`);
}

/** One after the other, each with a number that nobody else has. */
function newPeople(pool: Pool, contacts: Contacts): On['people'] {
  let count = 0;
  return async () => {
    const address = numberOf(count++);
    const { id } = await contacts.findOrCreatePerson(pool, {
      channel: 'sms',
      address,
      language: 'en',
    });
    await contacts.rememberAddress(pool, { person: id, channel: 'sms', address });
    return id;
  };
}

function numberOf(at: number): string {
  return `+447700900${String(at).padStart(3, '0')}`;
}
