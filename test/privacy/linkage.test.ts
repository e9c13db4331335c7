/**
 * The attack that "delete the conversation" does not withstand: whoever reads the table files (or a
 * copy of them) joins the deleted conversation's transaction to the response's. It is run here on
 * the real design and on a naive one, where it must succeed: otherwise the test proves nothing.
 */
import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Queryable, transaction } from '../../src/platform/postgres.ts';
import { sealCompletion } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import {
  answerOf,
  newConsultation,
  type PrivacyFixture,
  privacyFixture,
  TODAY,
} from './privacy-fixture.ts';

const PEOPLE = 120;

let fixture: PrivacyFixture;
let keepsDeadRows: PoolClient;
beforeAll(async () => {
  fixture = await privacyFixture();
  await fixture.pool.query('create extension pageinspect');
  // While this old view of the data is open, deleted rows stay in the files, as in a backup.
  keepsDeadRows = await fixture.pool.connect();
  await keepsDeadRows.query('begin isolation level repeatable read');
  await keepsDeadRows.query('select 1');
});
afterAll(async () => {
  keepsDeadRows.release(true);
  await fixture.end();
});

describe('the linkage attack', () => {
  it('finds everybody where a response is stored as its conversation ends', async () => {
    const { pool, ambient } = fixture;
    const consultation = ambient.newId();
    await pool.query('create table naive (id uuid, answers jsonb)');
    const conversations = await converse(pool, consultation, async (tx, _person, at) => {
      await tx.query('insert into naive values ($1, $2)', [ambient.newId(), answerOf(at).answers]);
    });
    const links = await linksTo(pool, 'naive', conversations);
    expect(links).toHaveLength(PEOPLE);
    expect(links.every((link) => link.answer === `answer-${link.at}`)).toBe(true);
    expect(orderCorrelation(await inStoredOrder(pool, 'naive'))).toBeCloseTo(1);
  });

  it('finds nobody after a release', async () => {
    const { pool, keys } = fixture;
    const consultation = await newConsultation(fixture);
    const conversations = await converse(pool, consultation, async (tx, person, at) => {
      await sealCompletion(tx, keys, {
        consultation,
        person,
        payload: { ...answerOf(at), freeText: { why: `text-${at}` } },
        eligibleOn: TODAY,
      });
    });
    const report = await releaseConsultation(fixture.tools, { consultation, closing: false });
    expect(report.released).toBe(PEOPLE - 10);
    expect(await linksTo(pool, 'resp.response', conversations)).toEqual([]);
    expect(await linksTo(pool, 'resp.free_text', conversations)).toEqual([]);
  });

  it('learns nothing from the order in which responses and texts are stored', async () => {
    const { pool } = fixture;
    const stored = await inStoredOrder(pool, 'resp.response');
    expect(stored).toHaveLength(PEOPLE - 10);
    expect(Math.abs(orderCorrelation(stored))).toBeLessThan(0.45);
    for (const table of ['resp.response', 'resp.free_text']) {
      const { rows } = await pool.query(
        `select count(distinct xmin::text)::int as transactions,
                count(distinct cmin::text)::int as statements from ${table}`,
      );
      expect(rows).toEqual([{ transactions: 1, statements: 1 }]);
    }
  });

  it('finds no row that says when anything was stored', async () => {
    const { pool } = fixture;
    const { rows } = await pool.query(
      `select column_name from information_schema.columns
       where table_schema in ('resp', 'pool') and data_type ~ '^(time|interval)'`,
    );
    expect(rows).toEqual([]);
    const { rows: settings } = await pool.query('show track_commit_timestamp');
    expect(settings).toEqual([{ track_commit_timestamp: 'off' }]);
  });
});

/** Each person's conversation ends in one transaction with what `finish` does; gives their ids. */
async function converse(
  pool: Pool,
  consultation: string,
  finish: (tx: Queryable, person: string, at: number) => Promise<void>,
): Promise<readonly string[]> {
  const conversations: string[] = [];
  for (let at = 0; at < PEOPLE; at++) {
    const { id: person } = await fixture.contacts.findOrCreatePerson(pool, {
      channel: 'web',
      address: `${consultation} ${at}`,
    });
    const id = fixture.ambient.newId();
    conversations.push(id);
    await pool.query(
      `insert into conv.conversation
         (id, person_id, consultation_id, flow, version, revision, state_ct, key_day, expire_at)
       values ($1, $2, $3, 'park', 1, 1, '\\x00', $4, now())`,
      [id, person, consultation, TODAY],
    );
    await transaction(pool, async (tx) => {
      await tx.query('delete from conv.conversation where id = $1', [id]);
      await finish(tx, person, at);
    });
  }
  return conversations;
}

interface Link {
  /** Whose conversation. */
  readonly at: number;
  readonly answer: string | null;
}

/** Deleted conversations, as they still lie in the file, joined to rows by their transaction. */
async function linksTo(
  pool: Pool,
  table: string,
  conversations: readonly string[],
): Promise<readonly Link[]> {
  const { rows: dead } = await pool.query<{ t_xmax: string; t_data: Buffer }>(
    `select item.t_xmax::text as t_xmax, item.t_data
     from generate_series(0, pg_relation_size('conv.conversation') / 8192 - 1) as page,
          heap_page_items(get_raw_page('conv.conversation', page::int)) as item
     where item.t_data is not null and item.t_xmax::text <> '0'`,
  );
  const { rows: stored } = await pool.query<{ xmin: string; row: { answers?: { use: string } } }>(
    `select xmin::text as xmin, to_jsonb(r) as row from ${table} r`,
  );
  const byTransaction = new Map(stored.map((row) => [row.xmin, row.row.answers?.use ?? null]));
  const found = dead.filter((tuple) => conversations.includes(idIn(tuple.t_data)));
  expect(found).toHaveLength(PEOPLE);
  return found.flatMap((tuple) => {
    const answer = byTransaction.get(tuple.t_xmax);
    return answer === undefined ? [] : [{ at: conversations.indexOf(idIn(tuple.t_data)), answer }];
  });
}

/** The first column of a conversation is its id: the first sixteen bytes. */
function idIn(data: Buffer): string {
  const hex = data.subarray(0, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Who each stored row is from, in the order of the file. */
async function inStoredOrder(pool: Pool, table: string): Promise<readonly number[]> {
  const { rows } = await pool.query<{ use: string }>(
    `select answers ->> 'use' as use from ${table} order by ctid`,
  );
  return rows.map((row) => Number(row.use.slice('answer-'.length)));
}

/** Spearman's: 1 when the order of the file is the order of arrival. */
function orderCorrelation(arrivals: readonly number[]): number {
  const ranks = [...arrivals].sort((a, b) => a - b);
  const n = arrivals.length;
  const sum = arrivals.reduce(
    (total, arrival, at) => total + (ranks.indexOf(arrival) - at) ** 2,
    0,
  );
  return 1 - (6 * sum) / (n * (n * n - 1));
}
