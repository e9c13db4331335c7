/** What sending costs, in parts, and what stops when it has cost enough. */
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { pauseBroadcast } from '../../src/delivery/broadcasts.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import {
  financialYearOf,
  holdInvitations,
  letInvitationsGo,
  spentParts,
} from '../../src/delivery/spending.ts';
import { broadcast, sums } from './broadcast-stage.ts';
import { accepted, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

describe('what it costs', () => {
  test('is counted in parts, and stays counted when the rows are gone', async () => {
    const since = financialYearOf(new Date().toISOString().slice(0, 10));
    await broadcast(on, { count: 3, parts: 2 });
    expect(await spentParts(on.pool, since)).toEqual({ spent: 0, planned: 6, invitations: 0 });
    on.provider.answer = answersOf([accepted(), { kind: 'failed', reason: '30003' }]);
    await on.dispatcher().drain();
    expect(await spentParts(on.pool, since)).toEqual({ spent: 4, planned: 0, invitations: 0 });
    await on.pool.query('update delivery.outbox set ended_on = current_date - 8');
    await deleteEnded(on.pool);
    expect((await on.rows()).length).toBe(0);
    const kept = await spentParts(on.pool, financialYearOf('2020-04-01'));
    expect(kept).toEqual({ spent: 4, planned: 0, invitations: 0 });
  });

  test('a financial year begins on 1 April', () => {
    expect(['2026-04-01', '2027-03-31', '2026-03-31'].map(financialYearOf)).toEqual([
      '2026-04-01',
      '2026-04-01',
      '2025-04-01',
    ]);
  });

  test('at the ceiling invitations stop, and feedback goes on', async () => {
    const invitations = await broadcast(on, { class: 'invitation' });
    const feedback = await broadcast(on);
    const pausedByHand = await broadcast(on, { class: 'invitation' });
    await pauseBroadcast(on.pool, pausedByHand);
    expect(await holdInvitations(on.pool)).toBe(1);
    await on.dispatcher().drain();
    expect(await sums(on, feedback)).toMatchObject({ accepted: 6 });
    expect(await sums(on, invitations)).toMatchObject({ remaining: 6 });
    expect(await letInvitationsGo(on.pool)).toBe(1);
    await on.dispatcher().drain();
    expect(await sums(on, invitations)).toMatchObject({ accepted: 6 });
    expect(await sums(on, pausedByHand)).toMatchObject({ remaining: 6 });
  });
});

function answersOf(outcomes: readonly SendOutcome[]) {
  let asked = 0;
  return () => outcomes[asked++ % outcomes.length] ?? accepted();
}
