/**
 * One reminder to the invited who have said nothing; never to those who joined, finished or stopped.
 * At the spending ceiling it waits as invitations do, so it must never take the feedback's money.
 */
import { consultationById } from '../consultation/consultations.ts';
import { overContactedAmong } from '../delivery/contact-cap.ts';
import { hoursFor } from '../delivery/hours.ts';
import { plan } from '../delivery/plan.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { sealBody } from './commit-turn.ts';
import { type SilentInvitee, takeDueReminders } from './participations.ts';
import { reminderText } from './reminder-text.ts';
import { smsCost } from './sms-cost.ts';
import { roomToWriteFirst } from './spending.ts';
import type { World } from './world.ts';

const AT_ONCE = 500;
/** One is never dearer, so that a page of them fits into the room. */
const MOST_PARTS = 3;

export async function remindSilentInvitees(world: World): Promise<number> {
  let room = await roomToWriteFirst(world);
  let reminded = 0;
  for (;;) {
    const most = Math.min(AT_ONCE, Math.floor(room / MOST_PARTS));
    if (most < 1) return reminded;
    const page = await transaction(world.pool, async (tx) => {
      const due = await takeDueReminders(tx, world.ambient.now(), most);
      const often = await overContactedAmong(
        tx,
        due.map((one) => one.personId),
        world.sending.contactCap,
      );
      for (const one of due) await remind(world, tx, one, often.has(one.personId));
      return due.length;
    });
    reminded += page;
    if (page < most) return reminded;
    room -= page * MOST_PARTS;
  }
}

/** Who has had their measure is not written to; the row that says so keeps the sums whole. */
async function remind(
  world: World,
  tx: Queryable,
  one: SilentInvitee,
  isOver: boolean,
): Promise<void> {
  const consultation = await consultationById(tx, one.consultationId);
  if (consultation?.state !== 'open') return;
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const prompts = reminderText(world, flow, one.language);
  const body = await sealBody(world, one.personId, prompts);
  await plan(tx, [
    {
      personId: one.personId,
      channel: 'sms',
      class: 'reminder',
      parts: smsCost(world, prompts),
      body,
      hours: hoursFor(flow.ages),
      ...(isOver ? { refused: 'contact-cap' } : {}),
    },
  ]);
}
