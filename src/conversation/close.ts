/**
 * Closing: no more answers, and nobody is asked for any. Open conversations end with a word about
 * when people will hear; what was finished waits for the release. Closing releases nothing by itself.
 */
import { type Consultation, listConsultations, markClosed } from '../consultation/consultations.ts';
import { cancelInvitations, refuseCancelled } from '../delivery/broadcasts.ts';
import { withdrawReminders } from '../delivery/withdraw.ts';
import { type Actor, record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { plannedInSets, transaction } from '../platform/postgres.ts';
import { forgetInvitationsTo } from './participations.ts';
import { endAll } from './wake.ts';
import type { World } from './world.ts';

export type Closed =
  | { readonly kind: 'closed'; readonly ended: number }
  | { readonly kind: 'closed-before' };

export async function close(
  world: World,
  consultation: Consultation,
  actor: Actor,
): Promise<Closed> {
  const now = world.ambient.now();
  const closed = await transaction(world.pool, async (tx) => {
    await plannedInSets(tx);
    const day = isoDay(now, world.installation.timeZone);
    if (!(await markClosed(tx, consultation.id, day))) return false;
    // First this, which waits for reminders that are being planned.
    await forgetInvitationsTo(tx, consultation.id);
    await withdrawReminders(tx, consultation.id);
    if ((await cancelInvitations(tx, [consultation.id])) > 0)
      await record(tx, { actor, action: 'cancelled', object: 'broadcast', at: now });
    await record(tx, { actor, action: 'closed', object: 'consultation', at: now });
    return true;
  });
  await refuseCancelled(world.pool);
  // Also after a crash in between: whatever is still open ends now.
  const ended = await endAll(world, consultation.id);
  return closed ? { kind: 'closed', ended } : { kind: 'closed-before' };
}

/** Invitations that a closing missed, because they were being planned in that very moment. */
export async function cancelLeftOver(world: World): Promise<void> {
  const closed = (await listConsultations(world.pool)).filter((one) => one.state === 'closed');
  await cancelInvitations(
    world.pool,
    closed.map((one) => one.id),
  );
}
