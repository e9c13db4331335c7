/** What officers, and then everyone, may read of released answers: counts that give nobody away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Flow } from '../../src/flow/flow.ts';
import { transaction } from '../../src/platform/postgres.ts';
import { countResponses } from '../../src/results/count-responses.ts';
import { OFFICER, PUBLISH } from '../../src/results/disclosure.ts';
import { releasedResponse, storeResponses } from '../../src/results/store-responses.ts';
import { resultsOf } from '../../src/results/tables.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';
import { flowOf, options, question } from './flow-of.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.end());

let next = 0;

/** A consultation with these released responses. */
async function released(
  responses: readonly { answers: Record<string, unknown>; bands?: Record<string, unknown> }[],
): Promise<string> {
  const consultation = `00000000-0000-4000-8000-${String(next++).padStart(12, '0')}`;
  await transaction(db.pool, (tx) =>
    storeResponses(
      tx,
      { consultation, period: '2026-W45' },
      responses.map(({ answers, bands = {} }) => releasedResponse(answers, bands)),
    ),
  );
  return consultation;
}

const times = (count: number, answers: Record<string, unknown>) =>
  Array.from({ length: count }, () => ({ answers }));

const results = (consultation: string, flow: Flow, profile = OFFICER) =>
  resultsOf(db.pool, consultation, flow, profile);

test('results say nothing before ten responses are released', async () => {
  const flow = flowOf([question('use', 'yes_no', { options: options('yes', 'no') })]);
  const consultation = await released(times(9, { use: true }));
  expect(await results(consultation, flow)).toEqual({
    consultation,
    base: null,
    questions: [
      {
        id: 'use',
        kind: 'yes_no',
        base: null,
        options: [
          { id: 'yes', label: 'YES', count: null, suppressed: true },
          { id: 'no', label: 'NO', count: null, suppressed: true },
        ],
      },
    ],
  });
  expect(await countResponses(db.pool, consultation)).toBe(9);
});

test('results count yes and no, one of many, a scale and a place', async () => {
  const flow = flowOf([
    question('use', 'yes_no', { options: options('yes', 'no') }),
    question('build', 'choose_one', { options: options('swings', 'slide') }),
    question('safe', 'scale', { options: options('1', '2', '3') }),
    question('where', 'place', { options: options('east', 'west') }),
  ]);
  const consultation = await released([
    ...times(12, { use: true, build: 'swings', safe: 1, where: 'east' }),
    ...times(8, { use: false, build: 'slide', safe: 3, where: 'west' }),
    ...times(13, { use: false, build: 'slide', safe: 2, where: 'east' }),
  ]);
  const { base, questions } = await results(consultation, flow);
  expect(base).toBe(35);
  const counts = questions.map((one) => one.options.map((option) => option.count));
  expect(counts).toEqual([
    [10, 20],
    [10, 20],
    [10, 15, 10],
    [25, 10],
  ]);
});

test('results count each choice of many, and how many ranked and how many put first', async () => {
  const flow = flowOf([
    question('want', 'choose_many', { options: options('a', 'b', 'c'), max: 2 }),
    question('top', 'rank', { options: options('a', 'b', 'c'), max: 2 }),
  ]);
  const consultation = await released([
    ...times(20, { want: ['a', 'b'], top: ['b', 'a'] }),
    ...times(10, { want: ['c'], top: ['c', 'b'] }),
    ...times(3, { want: ['a'], top: ['a', 'c'] }),
  ]);
  const { questions } = await results(consultation, flow);
  expect(questions[0]?.base).toBe(35);
  expect(questions[0]?.options.map((option) => option.count)).toEqual([25, 20, 10]);
  expect(questions[1]?.options).toEqual([
    { id: 'a', label: 'A', count: 25, suppressed: false, first: null },
    // Only three did not rank it: shown as 30 of 35, someone must have left it out.
    { id: 'b', label: 'B', count: null, suppressed: true, first: null },
    { id: 'c', label: 'C', count: 15, suppressed: false, first: 10 },
  ]);
});

test('results band numbers the same way whatever was answered', async () => {
  const flow = flowOf([question('age', 'number', { bounds: { min: 11, max: 18 } })]);
  const consultation = await released([
    ...times(10, { age: 11 }),
    ...times(5, { age: 12 }),
    ...times(20, { age: 17 }),
  ]);
  const { questions } = await results(consultation, flow);
  expect(questions[0]?.options.map(({ label, count }) => [label, count])).toEqual([
    ['11 to 12', 15],
    ['13 to 14', null],
    ['15 to 16', null],
    ['17 to 18', 20],
  ]);
});

test('results of a text tell only how many were cleared', async () => {
  const flow = flowOf([question('why', 'text')]);
  const consultation = await released(times(30, {}));
  await db.pool.query(
    `insert into resp.free_text (consultation_id, question, release_period, status)
     select $1, 'why', '2026-W45', case when n <= 14 then 'cleared' else 'held' end
     from generate_series(1, 25) as n`,
    [consultation],
  );
  const { questions } = await results(consultation, flow);
  expect(questions).toEqual([{ id: 'why', kind: 'text', base: 15, options: [] }]);
});

test('results include what people said about themselves, and skip those who did not', async () => {
  const about = question('age_band', 'choose_one', { options: options('a', 'b') });
  const flow = flowOf(
    [question('use', 'yes_no', { options: options('yes', 'no') }), about],
    ['age_band'],
  );
  const consultation = await released([
    ...times(20, { use: true }),
    ...Array.from({ length: 21 }, (_, at) => ({
      answers: { use: false },
      bands: { age_band: at < 11 ? 'a' : 'b' },
    })),
  ]);
  const { questions } = await results(consultation, flow);
  expect(questions[1]).toMatchObject({ id: 'age_band', base: 20 });
  expect(questions[1]?.options.map((option) => option.count)).toEqual([10, 10]);
});

test('results leave the consent out', async () => {
  const flow = flowOf([
    question('consent', 'yes_no', { options: options('yes', 'no') }),
    question('use', 'yes_no', { options: options('yes', 'no') }),
  ]);
  const consultation = await released(times(20, { use: true }));
  const { questions } = await results(consultation, flow);
  expect(questions.map((one) => one.id)).toEqual(['use']);
});

test('results do not give away how few were not asked', async () => {
  const flow = flowOf([
    question('care', 'yes_no', {
      options: options('yes', 'no'),
      next: [{ go: 'home' }, { go: 'end' }],
    }),
    question('home', 'choose_one', { options: options('good', 'bad', 'mixed') }),
  ]);
  const homes = (count: number, home: string) => times(count, { care: true, home });
  const consultation = await released([
    ...homes(40, 'good'),
    ...homes(32, 'bad'),
    ...homes(25, 'mixed'),
    ...times(3, { care: false }),
  ]);
  const { base, questions } = await results(consultation, flow);
  expect(base).toBe(100);
  expect(questions[0]?.options.map((option) => option.count)).toEqual([null, null]);
  // 97 of 100 were asked: 95 beside 100 would say that at least one was not.
  expect(questions[1]?.base).toBeNull();
  expect(questions[1]?.options.map((option) => option.count)).toEqual([40, 30, 25]);
});

test('results hide more in what leaves the council', async () => {
  const flow = flowOf([question('build', 'choose_one', { options: options('a', 'b', 'c') })]);
  const consultation = await released([
    ...times(8, { build: 'a' }),
    ...times(12, { build: 'b' }),
    ...times(30, { build: 'c' }),
  ]);
  const countsFor = async (profile: typeof OFFICER) =>
    (await results(consultation, flow, profile)).questions[0]?.options.map((one) => one.count);
  expect(await countsFor(OFFICER)).toEqual([10, 10, 30]);
  expect(await countsFor(PUBLISH)).toEqual([null, null, 30]);
});
