/** Broadcasts for tests that look on while they are sent, and their sums. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { broadcastFigures } from '../../src/delivery/broadcast-figures.ts';
import type { Hours } from '../../src/delivery/hours.ts';
import type { BroadcastClass } from '../../src/delivery/plan-broadcast.ts';
import { accepted, content, planBroadcast, type Stage } from './outbox-stage.ts';

interface Some {
  readonly people?: readonly string[];
  readonly count?: number;
  readonly class?: BroadcastClass;
  readonly hours?: Hours;
  readonly notBefore?: Date;
  readonly parts?: number;
}

export async function broadcast(on: Stage, some: Some = {}): Promise<string> {
  const id = randomUUID();
  const contentIds = [await content(on.pool, 'what happened', some.parts ?? 1)];
  const people = some.people ?? Array.from({ length: some.count ?? 6 }, () => randomUUID());
  await planBroadcast(on.pool, {
    broadcastId: id,
    class: some.class ?? 'feedback',
    ...(some.hours ? { hours: some.hours } : {}),
    ...(some.notBefore ? { notBefore: some.notBefore } : {}),
    recipients: people.map((personId) => ({ personId, channel: 'sms', contentIds })),
  });
  return id;
}

export async function sums(on: Stage, id: string) {
  const { refusedFor, ...figures } = (await broadcastFigures(on.pool, [id]))(id);
  const { planned, accepted: taken, refused, failed, unknown, remaining } = figures;
  expect(taken + refused + failed + unknown + remaining).toBe(planned);
  return { ...figures, refusedFor };
}

/** Takes all that it is given, and has something happen in the middle of one call. */
export function acceptsAnd(on: Stage, atCall: number, then: () => Promise<unknown>): void {
  let calls = 0;
  on.provider.answer = async () => {
    calls += 1;
    if (calls === atCall) await then();
    return accepted(`SM${calls}`);
  };
}
