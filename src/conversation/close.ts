/**
 * Closing: no more answers. Open conversations end with a word about when people will hear; what
 * was finished waits for the release. Closing releases nothing by itself.
 */
import { type Consultation, markClosed } from '../consultation/consultations.ts';
import { type Actor, record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { transaction } from '../platform/postgres.ts';
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
    const day = isoDay(now, world.installation.timeZone);
    if (!(await markClosed(tx, consultation.id, day))) return false;
    await forgetInvitationsTo(tx, consultation.id);
    await record(tx, { actor, action: 'closed', object: 'consultation', at: now });
    return true;
  });
  // Also after a crash between the two: whatever is still open ends now.
  const ended = await endAll(world, consultation.id);
  return closed ? { kind: 'closed', ended } : { kind: 'closed-before' };
}
