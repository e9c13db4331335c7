/** An ordinary turn is one read and one write, whatever else Heard has learnt to do. */
import { expect, test, vi } from 'vitest';
import { openTestHeard } from '../support/open-test-heard.ts';

test.each([
  ['sms', '+447700900123'],
  ['web', 'a-session'],
  ['discord', '80351110224678912'],
] as const)('by %s', async (channel, address) => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = heard.phone(address, channel);
  for (const text of ['PARK', 'go']) await person.text(text);
  const { pool, ledger } = heard.heard.world;
  // What became of the replies before is written a moment later, and is no part of this turn.
  await ledger.flush();
  const statements = vi.spyOn(pool, 'query');
  const transactions = vi.spyOn(pool, 'connect');
  await person.receipt({ kind: 'text', text: '1' });
  const texts = statements.mock.calls.map(([query]) => JSON.stringify(query));
  // A page that is open is told, without waiting.
  const awaited = texts.filter((text) => !text.includes('pg_notify'));
  expect(awaited).toEqual([
    expect.stringContaining('"read-turn"'),
    expect.stringContaining('"write-turn-advance"'),
  ]);
  // Each statement takes its own connection; a transaction would take one more.
  expect(transactions.mock.calls.length).toBe(texts.length);
});
