/**
 * One run by its seed: people are invited, take part, opt out and are told what happened while
 * machines, database and provider fail; then all of it recovers, and everything that was seen is
 * gathered for the invariants.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { smsChannel } from '../../adapters/sms/send.ts';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';
import { outboxFigures } from '../../src/delivery/figures.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { seekUnknown } from '../../src/delivery/seek.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openPool } from '../../src/platform/postgres.ts';
import { createContacts } from '../../src/privacy/contacts.ts';
import { openKeyFolder } from '../../src/privacy/key-folder.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { decrypt } from '../../src/privacy/seal.ts';
import { assertNoCanary } from '../support/canary.ts';
import { temporaryFolder } from '../support/processes.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { type Fleet, type Role, startFleet } from './fleet.ts';
import type { Seen, Sums } from './invariants.ts';
import { befall, MISHAPS } from './mishaps.ts';
import type { OwnPostgres } from './own-postgres.ts';
import { numberOf, type Person, peopleOf, phonesOn, takePart } from './phones.ts';
import { type FaultyProvider, startFaultyProvider } from './provider.ts';
import type { NodeFaults } from './under-faults/node-faults.ts';
import { attemptsAfterOptOut, installWatching, transitions } from './watching.ts';

const account: ProviderAccount = {
  sid: `AC${'d'.repeat(32)}`,
  token: 'a token of this suite',
  number: '+447700900999',
};
const PUBLIC_URL = 'http://127.0.0.1:9';

const FIRST_WAVE = 26;
const SECOND_WAVE = 10;
const INVITED = 12;
const ROLES: readonly (readonly Role[])[] = [
  ['both'],
  ['both', 'both'],
  ['both', 'both', 'both'],
  ['web', 'both', 'worker'],
  ['web', 'worker', 'worker'],
];
const MISHAPS_A_RUN = 6;
const TWO_HOURS_MS = 2 * 3_600_000;

export interface Run {
  readonly whatIsBroken: readonly string[];
  /** What befell it, for whoever reads about a seed that failed. */
  readonly story: readonly string[];
}

/** `judge` sees everything while the run's database is still there. */
export async function run(
  seed: number,
  postgres: OwnPostgres,
  judge: (seen: Seen) => Promise<readonly string[]>,
): Promise<Run> {
  const chance = chanceFrom(seed);
  const name = `seed_${seed}`;
  using folder = temporaryFolder();
  const url = await postgres.newDatabase(name);
  const pool = openPool(url, { max: 6 });
  try {
    await installWatching(pool);
    return await play({ judge, seed, chance, postgres, pool, url, folder: folder.path });
  } finally {
    await pool.end();
    await postgres.drop(name);
  }
}

interface Stage {
  readonly judge: (seen: Seen) => Promise<readonly string[]>;
  readonly seed: number;
  readonly chance: Chance;
  readonly postgres: OwnPostgres;
  readonly pool: Pool;
  readonly url: string;
  readonly folder: string;
}

async function play(stage: Stage): Promise<Run> {
  const { seed, chance, pool, judge } = stage;
  const atProvider = numberOf(500);
  const fleetHolder: { fleet?: Fleet } = {};
  const fleetNow = (): Fleet => {
    if (!fleetHolder.fleet) throw new Error('no machine is there yet');
    return fleetHolder.fleet;
  };
  const killer = chance.apart('killer');
  const provider = await startFaultyProvider({
    chance: chance.apart('provider'),
    accountSid: account.sid,
    bring: (path, fields) => fleetNow().bring(path, fields),
    optedOutHere: new Set([atProvider]),
    inTheMiddle: () => {
      if (killer.happens(0.3)) fleetNow().killOne();
    },
  });
  const environment = environmentFor(stage, provider);
  const roles = ROLES[seed % ROLES.length] ?? ['both'];
  const fleet = startFleet({
    chance: chance.apart('fleet'),
    account,
    publicUrl: PUBLIC_URL,
    environment,
    roles,
    faultsOf: faultsFor(chance.apart('machines')),
  });
  fleetHolder.fleet = fleet;
  try {
    await fleet.allUp();
    const keys = await keysOf(environment);
    const told = await tell({ ...stage, fleet, roles });
    await settle(pool, keys, provider);
    await provider.reportTheRest();
    const after = await finish({ ...stage, fleet }, told);
    const seen = await gather({ ...stage, fleet, provider, keys }, told, after);
    return { whatIsBroken: await judge(seen), story: told.story };
  } finally {
    await provider.stop();
    await fleet.stop();
  }
}

function environmentFor({ url, folder }: Stage, provider: FaultyProvider): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HEARD_ORGANISATION: 'Bury Council',
    DATABASE_URL: url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_MODE: 'live',
    HEARD_SMS_PARTS_PER_SECOND: '40',
    PORT: '0',
    PUBLIC_URL,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: provider.url,
  };
}

/** The first of them may die at a named point, the second has a clock that is two hours off. */
function faultsFor(chance: Chance): (machine: number) => NodeFaults {
  const point = chance.pick(['claimed', 'attempt-committed', 'answered', 'settled'] as const);
  const times = 1 + chance.below(12);
  // Late in the evening a clock that is ahead would keep answers for another day.
  const ahead = new Date().getUTCHours() < 20 && chance.happens(0.5);
  return (machine) => {
    if (machine === 0) return { diesAt: { point, times } };
    return machine === 1 ? { clockOffMs: ahead ? TWO_HOURS_MS : -TWO_HOURS_MS } : {};
  };
}

interface Playing extends Stage {
  readonly fleet: Fleet;
  readonly roles: readonly Role[];
}

interface Told {
  readonly story: readonly string[];
  readonly people: readonly Person[];
  readonly phones: ReturnType<typeof phonesOn>;
  readonly optedOut: ReadonlySet<string>;
  readonly broadcast: string;
  readonly planned: number;
  readonly sums: Sums[];
  readonly watching: { stop: () => Promise<void> };
}

/** Everything up to the end of the trouble. */
async function tell(playing: Playing): Promise<Told> {
  const { chance, fleet, folder, pool, postgres, roles, seed } = playing;
  const phones = phonesOn(fleet, account, chance.apart('phones'));
  const first = peopleOf(chance.apart('first wave'), FIRST_WAVE, 0);
  const second = peopleOf(chance.apart('second wave'), SECOND_WAVE, FIRST_WAVE);
  const audience = join(folder, 'people.csv');
  const invited = [
    ...Array.from({ length: INVITED }, (_, at) => numberOf(501 + at)),
    numberOf(500),
  ];
  await writeFile(
    audience,
    `number,source,language\n${invited.map((one) => `${one},Bury Youth Service,en\n`).join('')}`,
  );
  const launched = ['launch', 'flows/chesham-park.flow.yaml', '--audience', audience];
  if ((await fleet.heard(launched)) === undefined) throw new Error('the launch failed');

  let isOver = false;
  const names = chance.apart('mishaps').shuffled(Object.keys(MISHAPS)).slice(0, MISHAPS_A_RUN);
  const mishaps = befall(
    { fleet, postgres, pool, chance: chance.apart('befall') },
    names,
    () => isOver,
  );
  await Promise.all(first.map((person) => takePart(phones, person)));
  await searchBeforeRelease(playing, first);

  const { broadcast, planned } = await tellAll(playing);
  const sums: Sums[] = [];
  const watching = watchSums(pool, broadcast, sums);
  const leaving = chance.apart('leaving');
  const optedOut = new Set(first.filter(() => leaving.happens(0.2)).map(({ number }) => number));
  await Promise.all([
    ...second.map((person) => takePart(phones, person)),
    ...[...optedOut].map(async (number) => {
      await sleep(leaving.below(2_500));
      await phones.text(number, leaving.pick(['STOP', 'STOP please', 'pls stop texting me']));
    }),
    releaseInTheMiddle(fleet, chance.apart('release')),
  ]);
  isOver = true;
  const befallen = await mishaps;
  await fleet.allUp();
  return {
    story: [`seed ${seed}: ${roles.join(', ')}`, ...befallen],
    people: [...first, ...second],
    phones,
    optedOut: new Set([...optedOut, numberOf(500)]),
    broadcast,
    planned,
    sums,
    watching,
  };
}

/** Killed at a point of its release; the next one finds what it left. */
async function releaseInTheMiddle(fleet: Fleet, chance: Chance): Promise<void> {
  const point = chance.pick(['locked', 'stored', 'dropped', 'committed', 'committed'] as const);
  await fleet.heard(['release'], { diesAt: { point, times: 1 } });
  await fleet.heard(['release']);
}

/** A command may fall in the middle of the trouble: what it did before that is in the database. */
async function tellAll({
  fleet,
  folder,
  pool,
}: Playing): Promise<{ broadcast: string; planned: number }> {
  const file = join(folder, 'happened.txt');
  await writeFile(file, 'Most picked the ramp. Work starts in May.');
  for (let tries = 0; tries < 10; tries++) {
    const told = await fleet.heard(['feedback', 'PARK', '--text-file', file]);
    if (isTold(told)) return { broadcast: told.broadcast, planned: 2 * told.planned };
    const { rows } = await pool
      .query<{ broadcast: string; planned: number }>(
        'select id as broadcast, planned from feedback.broadcast',
      )
      .catch(() => ({ rows: [] }));
    if (rows[0]) return { broadcast: rows[0].broadcast, planned: 2 * rows[0].planned };
    await sleep(300);
  }
  throw new Error(`nobody could be told what happened: ${fleet.output().slice(-600)}`);
}

function isTold(told: unknown): told is { broadcast: string; planned: number } {
  return typeof told === 'object' && told !== null && 'broadcast' in told && 'planned' in told;
}

function watchSums(pool: Pool, broadcast: string, sums: Sums[]): { stop: () => Promise<void> } {
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const now = await outboxFigures(pool, broadcast).catch(() => undefined);
      if (now) sums.push(now);
      await sleep(150);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      sums.push(await outboxFigures(pool, broadcast));
    },
  };
}

/** Answers are nowhere to be read before their release, and numbers never. */
async function searchBeforeRelease({ fleet, postgres }: Playing, people: readonly Person[]) {
  const canaries = people.slice(0, 4).flatMap(({ number, idea }) => [number.slice(1), idea]);
  await assertNoCanary({
    canaries,
    files: [postgres.folder],
    texts: { printed: fleet.output() },
  });
}

async function keysOf(environment: NodeJS.ProcessEnv): Promise<KeyHolder> {
  const opened = await openKeyFolder({
    folder: environment['HEARD_KEYS_DIR'] ?? '',
    dataFolder: environment['HEARD_DATA_DIR'] ?? '',
  });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  return opened.keys;
}

/** The trouble is over. Time passes in steps, and the sweeps do their work at each. */
async function settle(pool: Pool, keys: KeyHolder, provider: FaultyProvider): Promise<void> {
  provider.recover();
  const seek = {
    pool,
    channel: smsChannel({
      accountSid: account.sid,
      authToken: account.token,
      from: account.number,
      publicUrl: PUBLIC_URL,
      apiUrl: provider.url,
    }),
    people: createContacts(keys, systemAmbient),
    openBody: async () => undefined,
    onOptOut: async () => undefined,
    log: silentLog,
  };
  // A reply that a dead machine never confirmed holds its person's other messages for a minute.
  await pool.query(
    `update delivery.outbox set attempted_at = attempted_at - interval '1 minute'
     where state = 'attempting' and lease_until is null`,
  );
  for (let step = 0; step < MOST_STEPS; step++) {
    await sleep(700);
    await pool.query(PASS_TIME);
    await seekUnknown(seek);
    await reconcile(pool, ['sms'], ['sms']);
    const { rowCount } = await pool.query(UNSETTLED);
    if (rowCount === 0) return;
  }
}

const MOST_STEPS = 40;

/** Leases of the dead end, waits are over, what is unknown grows older by eight minutes. */
const PASS_TIME = `
  update delivery.outbox
  set lease_until = case
        when state = 'claimed' and lease_until < clock_timestamp() + interval '55 seconds'
          or state = 'attempting' and attempted_at < clock_timestamp() - interval '5 seconds'
        then clock_timestamp() - interval '1 second' else lease_until end,
      not_before = least(not_before, clock_timestamp()),
      attempted_at = case when state = 'unknown' then attempted_at - interval '8 minutes'
                     else attempted_at end
  where state in ('planned', 'claimed', 'attempting', 'unknown')
    and (state <> 'attempting' or lease_until is not null)`;

const UNSETTLED = `
  select from delivery.outbox
  where state in ('planned', 'claimed') or state = 'attempting' and lease_until is not null
    or state = 'unknown' and class = 'feedback' and not resent and resend_of is null`;

interface Finished {
  readonly consultation: string;
}

/** Everybody's answers are released, so that each can be looked for. */
async function finish({ fleet, pool }: Stage & { fleet: Fleet }, told: Told): Promise<Finished> {
  await told.watching.stop();
  await fleet.heard(['close', 'PARK']);
  await fleet.heard(['release']);
  const { rows } = await pool.query<{ id: string }>('select id from consultation.consultation');
  return { consultation: rows[0]?.id ?? '' };
}

async function gather(
  {
    pool,
    keys,
    fleet,
    provider,
  }: Stage & {
    readonly fleet: Fleet;
    readonly provider: FaultyProvider;
    readonly keys: KeyHolder;
  },
  told: Told,
  { consultation }: Finished,
): Promise<Seen> {
  const contacts = createContacts(keys, systemAmbient);
  const hashes = new Map<string, string>();
  for (const { sid } of told.phones.texts)
    hashes.set(sid, (await contacts.hashMessageId('sms', sid)).toString('hex'));
  const { rows: addresses } = await pool.query<{ person_id: string }>(
    'select person_id from contact.address',
  );
  const homes = await contacts.addressOf(
    pool,
    addresses.map((row) => row.person_id),
  );
  const people = new Map([...homes].map(([id, home]) => [home.address, id]));
  const { rows: batches } = await pool.query<{ id: string }>('select id from pool.batch');
  const { rows: choices } = await pool.query<{ first: string }>(
    `select answers ->> 'first' as first from resp.response`,
  );
  const { rows: done } = await pool.query<{ count: string }>(
    `select count(*) from conv.participation where state = 'done'`,
  );
  return {
    pool,
    texts: told.phones.texts,
    hashes,
    people: told.people,
    optedOut: told.optedOut,
    personOf: (number) => people.get(number),
    taken: provider.taken,
    callbackAnswers: provider.callbackAnswers,
    transitions: await transitions(pool),
    attemptsAfterOptOut: await attemptsAfterOptOut(pool),
    sums: told.sums,
    plannedFeedback: told.planned,
    releasedIdeas: await ideasOf(pool, keys, consultation),
    releasedChoices: choices.map((row) => row.first),
    waiting: await waitingIn(pool, batches),
    completed: Number(done[0]?.count),
    keysWithoutBatch: (await keys.batches()).filter(
      (batch) => !batches.some(({ id }) => id === batch),
    ),
    endedByThemselves: fleet.endedByThemselves(),
  };
}

async function ideasOf(
  pool: Pool,
  keys: KeyHolder,
  consultation: string,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ question: string; raw_ct: Buffer }>(
    'select question, raw_ct from resp.free_text',
  );
  const key = await keys.freeTextKey(consultation);
  return rows.map(({ question, raw_ct: sealed }) =>
    decrypt(key, sealed, Buffer.from(`free text ${consultation} ${question}`)).toString('utf8'),
  );
}

async function waitingIn(pool: Pool, batches: readonly { id: string }[]): Promise<number> {
  let waiting = 0;
  for (const { id } of batches) {
    const table = `pool."item_${id.replaceAll('-', '')}"`;
    const { rows } = await pool.query<{ count: string }>(`select count(*) from ${table}`);
    waiting += Number(rows[0]?.count);
  }
  return waiting;
}
