/** A nonce names its row, and cannot be guessed from it. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nonceFor, rowOf } from '../../src/delivery/nonce.ts';
import { stageOfThisFile, tellAndAsk } from './outbox-stage.ts';

const on = await stageOfThisFile();

const rowId = fc.bigInt({ min: 1n, max: 2n ** 48n - 1n }).map(String);

test('a nonce is a version 4 UUID that says its row', () => {
  fc.assert(
    fc.property(rowId, (id) => {
      const nonce = nonceFor(id, randomUUID());
      expect(nonce).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(rowOf(nonce)).toBe(id);
    }),
  );
});

test('two attempts of one row have two nonces', () => {
  expect(nonceFor('7', randomUUID())).not.toBe(nonceFor('7', randomUUID()));
});

test('a row beyond what it can name is an error, and no wrong name', () => {
  expect(() => nonceFor(String(2n ** 48n), randomUUID())).toThrow(RangeError);
});

test('what the claim begins itself and what is begun after it are both named so', async () => {
  await on.say('hello');
  await tellAndAsk(on.pool, [randomUUID()]);
  await on.dispatcher().drain();
  const rows = await on.rows();
  expect(rows.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(rows.map(({ nonce }) => rowOf(nonce ?? ''))).toEqual(rows.map(({ id }) => id));
});
