import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLog, type Log } from '../../src/platform/log.ts';
import { transaction } from '../../src/platform/postgres.ts';
import { freshDatabase } from '../support/fresh-database.ts';

test('a line has a fixed message and the fields on the list', () => {
  const { log, lines } = captured();
  log.info('a message was refused', { channel: 'sms', reason: 'opted-out', count: 3 });
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      msg: 'a message was refused',
      channel: 'sms',
      reason: 'opted-out',
      count: 3,
    },
  ]);
});

const canaries = ['07700900123', '+44 7700 900123', 'My uncle Tariq drinks', '447700900123'];
const withCanary = fc
  .tuple(fc.string({ maxLength: 3 }), fc.constantFrom(...canaries), fc.string({ maxLength: 3 }))
  .map((parts) => parts.join(''));
const fieldNames = fc.constantFrom(
  'error',
  'channel',
  'kind',
  'reason',
  'state',
  'task',
  'flow',
  'signal',
  'migration',
  'consultation',
  'broadcast',
  'route',
  'method',
  'address',
  'status',
  'count',
  'attempt',
  'port',
  'process',
  'ms',
  'version',
  'msg',
  'level',
  'time',
  'err',
  'body',
  'name',
);
const errors = withCanary.map((text) => {
  const error = new TypeError(text, { cause: new Error(text) });
  return Object.assign(error, { detail: text, code: text, name: text, where: text });
});
const smuggled = fc.oneof(
  withCanary,
  fc.constantFrom(...canaries),
  fc.constantFrom(7_700_900_123, 447_700_900_123),
  errors,
  fc.record({ toJSON: fc.constant(() => canaries[0]), nested: withCanary }),
  fc.array(withCanary),
);

test('whatever is logged, a number or an answer never comes out', () => {
  const { log, text } = captured();
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fieldNames, withCanary), smuggled, { minKeys: 5 }),
      errors,
      (fields, error) => {
        log.error('something failed', { error, ...fields });
      },
    ),
    { seed: 20260102, numRuns: 1000 },
  );
  expect(text()).toContain('something failed');
  for (const canary of [...canaries, '7700900123', '900123', 'Tariq']) {
    expect(text()).not.toContain(canary);
  }
});

test('a message that was put together after all is withheld when it could hold a number', () => {
  const { log, lines } = captured();
  log.info('texted 07700 900123' as 'texted');
  log.info('two\nlines \u001b[31m' as 'two');
  expect(lines().map(({ msg }) => msg)).toEqual(['message withheld', 'message withheld']);
});

test('an error of Postgres keeps its code and where it arose, and nothing that it quotes', async () => {
  await using db = await freshDatabase();
  const { log, lines, text } = captured();
  await db.pool.query('create table public.person (number text primary key)');
  const insert = () =>
    transaction(db.pool, (tx) =>
      tx.query('insert into public.person values ($1)', ['+447700900123']),
    );
  await insert();
  await insert().catch((error: unknown) => log.error('a write failed', { error }));
  expect(lines()[0]).toMatchObject({ error: { name: 'Error', code: '23505' } });
  expect(JSON.stringify(lines()[0])).toContain('src/platform/postgres.ts:');
  expect(text()).not.toContain('900123');
});

test("an error of our own keeps its message; the language's and other people's do not", async () => {
  await using db = await freshDatabase();
  const { log, lines } = captured();
  const { publish } = await import('../../src/platform/signal.ts');
  await publish(db.pool, 'Not A Topic', '').catch((error: unknown) =>
    log.error('failed', { error }),
  );
  try {
    JSON.parse('said yes to it');
  } catch (error) {
    log.error('failed', { error });
  }
  expect(lines()[0]).toMatchObject({ error: { message: 'A topic is one word in small letters' } });
  expect(lines()[1]).toMatchObject({ error: { name: 'SyntaxError' } });
  expect(JSON.stringify(lines()[1])).not.toContain('said');
});

function captured(): {
  readonly log: Log;
  readonly text: () => string;
  readonly lines: () => Record<string, unknown>[];
} {
  let text = '';
  const log = createLog({ destination: { write: (part) => void (text += part) } });
  return {
    log,
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}
