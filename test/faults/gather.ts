/** Gathers what was seen of a run, while its database is still there. */
import type { Pool } from 'pg';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { createContacts } from '../../src/privacy/contacts.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { decrypt } from '../../src/privacy/seal.ts';
import type { Broadcast } from './broadcast.ts';
import type { OutboxRow, Seen } from './invariants/seen.ts';
import { IN_NEED, OPTED_OUT_AT_PROVIDER, type Person } from './people.ts';
import type { Phones } from './phones.ts';
import type { Searched } from './search.ts';
import type { Stage } from './stage.ts';
import { peopleByNumber } from './talk.ts';
import { linksToPeople } from './watching/links.ts';
import { attemptsAfterOptOut, transitions } from './watching/transitions.ts';

export interface Told {
  readonly phones: Phones;
  readonly people: readonly Person[];
  readonly broadcast: Broadcast;
  readonly searches: readonly Searched[];
  readonly poisoned: readonly string[];
}

export async function gather(
  stage: Stage,
  { phones, people, broadcast, searches, poisoned }: Told,
): Promise<Seen> {
  const { pool, keys, fleet, provider } = stage;
  const numbers = await peopleByNumber(stage);
  const idsOf = (all: readonly string[]): readonly string[] =>
    all.map((number) => numbers.get(number) ?? 'nobody');
  const batches = await batchesIn(pool);
  return {
    texts: phones.texts,
    hashes: await hashesOf(keys, phones),
    keptHashes: await keptHashes(pool),
    people,
    optedOut: new Set([...broadcast.leaving, OPTED_OUT_AT_PROVIDER]),
    regretful: new Set([...broadcast.regretful, ...broadcast.lateRegretful]),
    personOf: (number) => numbers.get(number),
    inNeed: idsOf(IN_NEED),
    poisoned,
    taken: provider.taken,
    looks: provider.looks,
    callbackAnswers: provider.callbackAnswers,
    transitions: await transitions(pool),
    rows: await outbox(pool),
    called: new Set(provider.called),
    attemptsAfterOptOut: await attemptsAfterOptOut(pool),
    sums: broadcast.sums,
    plannedFeedback: broadcast.planned,
    releasedIdeas: await ideasIn(pool, keys),
    releasedChoices: await choicesIn(pool),
    waiting: await waitingIn(pool, batches),
    completed: await completed(pool),
    keysWithoutBatch: (await keys.batches()).filter((batch) => !batches.includes(batch)),
    links: await linksToPeople(pool),
    searches,
    printed: fleet.output(),
    endedByThemselves: fleet.endedByThemselves(),
  };
}

async function hashesOf(keys: KeyHolder, { texts }: Phones): Promise<ReadonlyMap<string, string>> {
  const contacts = createContacts(keys, systemAmbient);
  const hashes = new Map<string, string>();
  for (const { sid } of texts)
    hashes.set(sid, (await contacts.hashMessageId('sms', sid)).toString('hex'));
  return hashes;
}

async function keptHashes(pool: Pool): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `select encode(id, 'hex') as id from conv.seen`,
  );
  return new Set(rows.map((row) => row.id));
}

async function outbox(pool: Pool): Promise<readonly OutboxRow[]> {
  const { rows } = await pool.query<OutboxRow>(
    `select person_id as "personId", class, state, reason, was_accepted as "wasAccepted",
            nonce, attempts::int as attempts, encode(answers, 'hex') as answers
     from delivery.outbox`,
  );
  return rows;
}

async function ideasIn(pool: Pool, keys: KeyHolder): Promise<readonly string[]> {
  const { rows: consultations } = await pool.query<{ id: string }>(
    'select id from consultation.consultation',
  );
  const consultation = consultations[0]?.id ?? '';
  const { rows } = await pool.query<{ question: string; raw_ct: Buffer }>(
    'select question, raw_ct from resp.free_text',
  );
  const key = await keys.freeTextKey(consultation);
  return rows.map(({ question, raw_ct: sealed }) =>
    decrypt(key, sealed, Buffer.from(`free text ${consultation} ${question}`)).toString('utf8'),
  );
}

async function choicesIn(pool: Pool): Promise<readonly (string | null)[]> {
  const { rows } = await pool.query<{ first: string | null }>(
    `select answers ->> 'first' as first from resp.response`,
  );
  return rows.map((row) => row.first);
}

async function completed(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(*) from conv.participation where state = 'done'`,
  );
  return Number(rows[0]?.count);
}

async function batchesIn(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>('select id from pool.batch');
  return rows.map((row) => row.id);
}

async function waitingIn(pool: Pool, batches: readonly string[]): Promise<number> {
  let waiting = 0;
  for (const id of batches) {
    const table = `pool."item_${id.replaceAll('-', '')}"`;
    const { rows } = await pool.query<{ count: string }>(`select count(*) from ${table}`);
    waiting += Number(rows[0]?.count);
  }
  return waiting;
}
