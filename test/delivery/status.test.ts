import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SendOutcome, StatusReport } from '../../src/channel.ts';
import { outboxFigures } from '../../src/delivery/figures.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { settle } from '../../src/delivery/settle.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { dies, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

const optedOut: string[] = [];
const report = (one: StatusReport) =>
  createReportStatus({
    pool: on.pool,
    onOptOut: async (personId) => {
      optedOut.push(personId);
    },
  })(one);

/** A message whose call is out and not answered. */
async function attempted() {
  await on.say('hello');
  await on.dispatcher({ fault: (point) => point === 'attempt-committed' && dies() }).drain();
  return attemptedRow();
}

async function attemptedRow() {
  const [row] = await on.rows();
  if (!row?.nonce) throw new Error('no row with a nonce');
  return { ...row, nonce: row.nonce };
}

const of = (nonce: string, state: StatusReport['state']): StatusReport => ({
  nonce,
  state,
  providerId: 'SM7',
});

test('a report proves acceptance, though the answer to the send was lost', async () => {
  const { nonce } = await attempted();
  await on.timePasses('2 minutes');
  await reconcile(on.pool, ['sms']);
  expect((await attemptedRow()).state).toBe('unknown');
  expect(await report(of(nonce, 'sent'))).toBe('known');
  expect(await attemptedRow()).toMatchObject({
    state: 'sent',
    was_accepted: true,
    provider_id: 'SM7',
    body_ct: null,
    worker: null,
  });
});

test('delivered before the answer to the send: the answer moves nothing back', async () => {
  const { id, nonce } = await attempted();
  await report(of(nonce, 'delivered'));
  const outcome: SendOutcome = { kind: 'accepted', providerId: 'SM7' };
  await settle(on.pool, [{ id, nonce, attempts: 1, outcome }]);
  expect(await attemptedRow()).toMatchObject({ state: 'delivered', was_accepted: true });
});

test('the same report a thousand times is one', async () => {
  const { nonce } = await attempted();
  await Promise.all(Array.from({ length: 1000 }, () => report(of(nonce, 'delivered'))));
  expect(await outboxFigures(on.pool)).toMatchObject({ planned: 1, accepted: 1, delivered: 1 });
});

test('what the carrier could not deliver stays accepted, with the reason', async () => {
  const { nonce } = await attempted();
  await report({ ...of(nonce, 'undelivered'), reason: 'twilio-30003' });
  expect(await attemptedRow()).toMatchObject({ state: 'undelivered', reason: 'twilio-30003' });
  expect(await outboxFigures(on.pool)).toMatchObject({ accepted: 1, delivered: 0, failed: 0 });
});

test('a nonce that was never given out changes nothing', async () => {
  await attempted();
  const guessed = 'c0ffee00-0000-4000-8000-000000000001';
  expect(await report(of(guessed, 'delivered'))).toBe('unknown-nonce');
  expect((await attemptedRow()).state).toBe('attempting');
});

test('an opt-out that the carrier reports is passed on', async () => {
  const { nonce, person_id } = await attempted();
  await report({ ...of(nonce, 'failed'), reason: 'twilio-21610', optedOut: true });
  expect(optedOut).toEqual([person_id]);
});

const RANK: Readonly<Record<string, number>> = {
  planned: 0,
  attempting: 1,
  unknown: 2,
  accepted: 3,
  sent: 4,
  delivered: 5,
  undelivered: 5,
  refused: 5,
  failed: 5,
};

test('whatever comes, in whatever order: no state moves back, the end is final, the sums hold', async () => {
  const states = ['accepted', 'sent', 'delivered', 'undelivered', 'failed'] as const;
  const outcomes: readonly SendOutcome[] = [
    { kind: 'accepted', providerId: 'SM7' },
    { kind: 'refused', reason: 'twilio-21614', optedOut: false },
    { kind: 'failed', reason: 'nothing-to-say' },
    { kind: 'unknown', reason: 'timeout' },
  ];
  const step = fc.oneof(
    fc.constantFrom(...states).map((state) => ({ kind: 'report', state }) as const),
    fc.constantFrom(...outcomes).map((outcome) => ({ kind: 'answer', outcome }) as const),
    fc.constant({ kind: 'lease ends' } as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      await on.reset();
      let before = await attempted();
      for (const one of steps) {
        if (one.kind === 'report') await report(of(before.nonce, one.state));
        if (one.kind === 'answer')
          await settle(on.pool, [
            { id: before.id, nonce: before.nonce, attempts: 1, outcome: one.outcome },
          ]);
        if (one.kind === 'lease ends') {
          await on.timePasses('2 minutes');
          await reconcile(on.pool, ['sms']);
        }
        const after = await attemptedRow();
        const [from, to] = [RANK[before.state] ?? 0, RANK[after.state] ?? 0];
        expect(to).toBeGreaterThanOrEqual(from);
        if (from === 5) expect(after.state).toBe(before.state);
        if (before.was_accepted) expect(after.was_accepted).toBe(true);
        const { planned, accepted, refused, failed, unknown, remaining } = await outboxFigures(
          on.pool,
        );
        expect(planned).toBe(1);
        expect(accepted + refused + failed + unknown + remaining).toBe(1);
        before = after;
      }
    }),
    { seed: 30, numRuns: 60 },
  );
});
