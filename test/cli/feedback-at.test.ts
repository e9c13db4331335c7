/** Feedback that is to begin later, by the command: what it says, and what then waits. */
import { beforeAll, expect, test } from 'vitest';
import { audience, commandStageOfThisFile, PARK } from './command-stage.ts';

const on = commandStageOfThisFile();

beforeAll(async () => {
  const csv = await on.file('people.csv', audience(3));
  await on.heard(['launch', PARK, '--audience', csv]);
  await on.pool.query(
    `insert into conv.participation (person_id, consultation_id, state, joined_on)
     select p.id, c.id, 'done', current_date from conv.person p, consultation.consultation c`,
  );
});

async function feedback(said: string, at: string, env: Record<string, string> = {}) {
  const text = await on.file('happened.txt', said);
  const words = ['feedback', 'PARK', '--text-file', text, '--at', at];
  return { words, dry: await on.heard([...words, '--dry-run'], env) };
}

test('says when it begins, waits until then, and says the same before', async () => {
  const { words, dry } = await feedback('Most picked the ramp.', '2099-01-28 16:30');
  expect(dry.out).toContain('It begins on Wednesday 28 January 2099 at 16:30.\n');
  expect(await on.rowsOf('feedback.broadcast')).toBe(0);
  const ran = await on.heard(words);
  expect(ran.out).toContain('It begins on Wednesday 28 January 2099 at 16:30.\n');
  expect(ran.out).toContain('on its way to 3 people');
  const { broadcasts } = JSON.parse((await on.heard(['status', '--json'])).out);
  expect(broadcasts.filter((one: { class: string }) => one.class === 'feedback')).toMatchObject([
    { state: 'waits', until: '2099-01-28T16:30:00.000Z', planned: 6, remaining: 6 },
  ]);
});

test('at night it begins when the hours of the young do', async () => {
  const { dry } = await feedback('Work starts in May.', '2099-01-28 23:30', {
    HEARD_SEND_WINDOW: 'default',
  });
  expect(dry.out).toContain(
    'It begins on Thursday 29 January 2099 at 16:00: young people are not written to outside the hours.',
  );
});

test('a time that has passed is refused, and nothing is planned', async () => {
  const before = await on.rowsOf('feedback.broadcast');
  const { words } = await feedback('It is built.', '2020-01-28 16:30');
  const ran = await on.heard(words);
  expect([ran.code, ran.err]).toEqual([1, '--at: That time has passed.\n']);
  expect(await on.rowsOf('feedback.broadcast')).toBe(before);
});
