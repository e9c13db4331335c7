/**
 * One reminder to the invited who have said nothing, so long after their invitation left; never to
 * those whom no invitation reached, who have begun or finished, or who stopped. At the spending
 * ceiling it waits as invitations do, so it must never take the feedback's money.
 */
import { measureOf, tryToHoldCap } from '../delivery/contact-cap.ts';
import { hoursFor } from '../delivery/hours.ts';
import { fatesOfInvitations, type InvitationFate } from '../delivery/invitations.ts';
import { type PlannedMessage, plan, waitingReminders } from '../delivery/plan.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { circlesOf } from './circle.ts';
import { sealBody } from './commit-turn.ts';
import { toTheHour } from './open-conversation.ts';
import { reminderText } from './reminder-text.ts';
import { lookAgain, type SilentInvitee, silentInvitees } from './silent-invitees.ts';
import { smsCost } from './sms-cost.ts';
import { roomToWriteFirst } from './spending.ts';
import { type Reminding, remindingNow } from './when-to-remind.ts';
import type { World } from './world.ts';

/** People in one transaction. */
const AT_ONCE = 1_000;
/** No more wait at once than leave in so long, while what they say is still true. */
const WAITING_SECONDS = 5 * 60;
/** One is never dearer, so that a page of them fits into the room. */
const MOST_PARTS = 3;

/** Gives how many reminders were planned. */
export async function remindSilentInvitees(world: World): Promise<number> {
  let room = await roomFor(world);
  let reminded = 0;
  for (const reminding of await remindingNow(world)) {
    let due = AT_ONCE;
    while (due === AT_ONCE && room > 0) {
      const most = room;
      const page = await transaction(world.pool, (tx) => remindPage(world, tx, reminding, most));
      reminded += page.planned;
      room -= page.planned;
      due = page.due;
    }
  }
  return reminded;
}

async function roomFor(world: World): Promise<number> {
  const most = Math.ceil(world.sending.partsPerSecond * WAITING_SECONDS);
  const waiting = await waitingReminders(world.pool, most);
  return Math.min(most - waiting, Math.floor((await roomToWriteFirst(world)) / MOST_PARTS));
}

interface Page {
  readonly due: number;
  readonly planned: number;
}

async function remindPage(
  world: World,
  tx: Queryable,
  reminding: Reminding,
  most: number,
): Promise<Page> {
  // While somebody is inviting, reminders wait for the next sweep.
  if (!(await tryToHoldCap(tx))) return { due: 0, planned: 0 };
  const now = world.ambient.now();
  const consultationId = reminding.consultation.id;
  const due = await silentInvitees(tx, { consultationId, now, limit: AT_ONCE });
  if (due.length === 0) return { due: 0, planned: 0 };
  const fateOf = await fatesOfInvitations(
    tx,
    consultationId,
    due.map((one) => one.personId),
  );
  const judged = due.map((one) => ({
    ...one,
    verdict: one.isOut ? NEVER : verdictOn(fateOf(one.personId), reminding.afterMs),
  }));
  // Those for whom there is no room stay due.
  const reminded = judged.filter(({ verdict }) => verdict.kind === 'now').slice(0, most);
  const done = [...judged.filter(({ verdict }) => verdict.kind !== 'now'), ...reminded];
  await lookAgain(
    tx,
    consultationId,
    done.map(({ personId, verdict }) => ({
      personId,
      at: verdict.kind === 'later' ? toTheHour(new Date(now.getTime() + verdict.inMs)) : null,
    })),
  );
  const messages = await messagesTo(world, tx, reminding, reminded);
  await plan(tx, messages);
  return { due: due.length, planned: messages.filter((one) => one.refused === undefined).length };
}

type Verdict =
  | { readonly kind: 'now' | 'never' }
  | { readonly kind: 'later'; readonly inMs: number };

const NEVER: Verdict = { kind: 'never' };

function verdictOn(fate: InvitationFate, afterMs: number): Verdict {
  switch (fate.kind) {
    case 'waits':
      return { kind: 'later', inMs: afterMs };
    case 'left':
      return fate.agoMs < afterMs ? { kind: 'later', inMs: afterMs - fate.agoMs } : { kind: 'now' };
    case 'never':
      return NEVER;
  }
}

/** Who has had their measure is not written to; the row that says so keeps the sums whole. */
async function messagesTo(
  world: World,
  tx: Queryable,
  { consultation, flow }: Reminding,
  people: readonly SilentInvitee[],
): Promise<readonly PlannedMessage[]> {
  const ids = people.map((one) => one.personId);
  const measure = await measureOf(tx, ids, {
    cap: world.sending.contactCap,
    linked: await circlesOf(tx, ids),
  });
  const messages: PlannedMessage[] = [];
  for (const { personId, language } of people) {
    const prompts = reminderText(world, flow, language);
    const isFull = measure.isFull(personId);
    if (!isFull) measure.note(personId);
    messages.push({
      personId,
      channel: 'sms',
      class: 'reminder',
      parts: smsCost(world, prompts),
      body: await sealBody(world, personId, prompts),
      hours: hoursFor(flow.ages),
      consultationId: consultation.id,
      ...(isFull ? { refused: 'contact-cap' } : {}),
    });
  }
  return messages;
}
