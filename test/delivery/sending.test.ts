/** What is held to be sent, and what becomes of it when its time is over or the brake is on. */
import { describe, expect, test, vi } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { createAppetite } from '../../src/delivery/appetite.ts';
import { createBrake } from '../../src/delivery/brake.ts';
import { createLifeline } from '../../src/delivery/lifeline.ts';
import type { Outcome } from '../../src/delivery/recorder.ts';
import { createSending } from '../../src/delivery/sending.ts';
import { PUT_BACK } from '../../src/delivery/settle.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

function sendingAtOnce(concurrency: number) {
  const outcomes: Outcome[] = [];
  const sending = createSending({
    channel: on.provider,
    concurrency,
    brake: createBrake(),
    appetite: createAppetite(concurrency),
    lifeline: createLifeline(undefined, () => {}),
    log: { error: () => {} },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  return { sending, outcomes };
}

function attempt(id: string) {
  const row = { id, personId: id, class: 'feedback', attempts: 0, prompts: [] } as const;
  const home = { address: '+447700900123' } as const;
  return { row: { ...row, content: { kind: 'gone' } }, nonce: id, home } as const;
}

const LATER = performance.now() + 3_600_000;

test('a worker that froze before the call sends nothing after its time, and blames nobody', async () => {
  const { sending, outcomes } = sendingAtOnce(1);
  sending.add([attempt('1')], performance.now() - 1);
  await vi.waitFor(() => expect(outcomes).toMatchObject([{ id: '1', outcome: PUT_BACK }]));
  expect(on.provider.sent).toEqual([]);
});

describe('what is held when the provider asks to wait', () => {
  test.each<[string, SendOutcome]>([
    ['asks to wait', { kind: 'throttled', retryAfterMs: 30_000 }],
    ['cannot be reached', { kind: 'not-sent', reason: 'unreachable' }],
  ])('is put back when it %s, and not called for', async (_, answer) => {
    const { sending, outcomes } = sendingAtOnce(1);
    on.provider.answer = () => answer;
    sending.add(['1', '2', '3'].map(attempt), LATER);
    await vi.waitFor(() => expect(outcomes).toHaveLength(3));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([answer, PUT_BACK, PUT_BACK]);
    expect(on.provider.sent).toHaveLength(1);
    expect(sending.count()).toBe(0);
  });

  test('goes on where only one address must wait', async () => {
    const { sending, outcomes } = sendingAtOnce(1);
    on.provider.answer = () => ({ kind: 'throttled', retryAfterMs: 30_000, onlyHere: true });
    sending.add(['1', '2', '3'].map(attempt), LATER);
    await vi.waitFor(() => expect(outcomes).toHaveLength(3));
    expect(on.provider.sent).toHaveLength(3);
  });
});
