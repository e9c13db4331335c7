/**
 * Invites the people of an audience file: each becomes a person with an address, an invitation, and
 * one planned message that says who gave us their number. Nobody who opted out is written to, nobody
 * more often than the cap allows, and being invited is not taking part.
 */

import { type Consultation, consultationsOfFlow } from '../consultation/consultations.ts';
import type { Invitee, Invitees } from '../consultation/invitee-list.ts';
import { holdCap, leaveOutOverContacted } from '../delivery/contact-cap.ts';
import { hoursFor } from '../delivery/hours.ts';
import { saveContent } from '../delivery/plan.ts';
import { planBroadcast, type Wording } from '../delivery/plan-broadcast.ts';
import { withRecipients } from '../delivery/recipients.ts';
import { sameWords, takeOffWhoHad } from '../delivery/same-words.ts';
import type { Flow } from '../flow/flow.ts';
import { record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { plannedInSets, type Queryable } from '../platform/postgres.ts';
import { costOfList } from './invitation-cost.ts';
import {
  type InvitationText,
  invitationTexts,
  wordingOf,
  wordsOfInvitations,
} from './invitation-text.ts';
import {
  addTheirLinked,
  circlesOfRecipients,
  countReachable,
  insertInvitations,
  leaveOutParticipants,
  listInvitees,
} from './recipients.ts';
import { smsCost } from './sms-cost.ts';
import { type Fitting, fitting } from './spending.ts';
import type { World } from './world.ts';

/** People in one transaction: nobody who texts us meanwhile waits for the whole file. */
const AT_ONCE = 5_000;

export interface Invited {
  readonly kind: 'invited';
  readonly planned: number;
  /** Stopped, or take part already. */
  readonly leftOut: number;
  /** Had their measure of invitations and reminders. */
  readonly overContacted: number;
  /** Had this very invitation, or are about to. */
  readonly had: number;
  /** What the invitations went into; undefined when there was nobody to invite. */
  readonly broadcast?: string;
}

/** Something else was promised since the price was asked. */
export type NotInvited = Extract<Fitting, { kind: 'too-dear' }>;

export async function invite(
  world: World,
  consultation: Consultation,
  invitees: Invitees,
  notBefore?: Date,
): Promise<Invited | NotInvited> {
  if (invitees.length === 0) {
    return { kind: 'invited', planned: 0, leftOut: 0, overContacted: 0, had: 0 };
  }
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const invitation = {
    consultation,
    flow,
    id: world.ambient.newId(),
    texts: invitationTexts(world, flow, invitees),
    ...(notBefore ? { notBefore } : {}),
  };
  return withRecipients(world.pool, async (session) => {
    for (let from = 0; from < invitees.length; from += AT_ONCE) {
      const slice = invitees.slice(from, from + AT_ONCE);
      await session.transaction((tx) => enrol(world, tx, flow, slice));
    }
    const planned = await session.transaction((tx) => plan(world, tx, invitation));
    if (planned.kind !== 'invited') return planned;
    const reasoned = planned.planned + planned.overContacted + planned.had;
    return { ...planned, leftOut: invitees.length - reasoned };
  });
}

async function enrol(
  world: World,
  tx: Queryable,
  flow: Flow,
  slice: readonly Invitee[],
): Promise<void> {
  const enrolled = await world.contacts.enrolMany(
    tx,
    slice.map(({ address, language }) => ({
      channel: 'sms',
      address,
      ...(language === undefined ? {} : { language }),
    })),
  );
  const people = slice.flatMap((invitee, at) => {
    const one = enrolled[at];
    return !one || one.stopped ? [] : [{ personId: one.person, wording: wordingOf(invitee, flow) }];
  });
  await listInvitees(tx, people);
}

interface Invitation {
  readonly consultation: Consultation;
  readonly flow: Flow;
  readonly id: string;
  readonly texts: readonly InvitationText[];
  readonly notBefore?: Date;
}

async function plan(
  world: World,
  tx: Queryable,
  { consultation, flow, id, texts, notBefore }: Invitation,
): Promise<Omit<Invited, 'leftOut'> | NotInvited> {
  await plannedInSets(tx);
  // Nor must two lists both find room under the ceiling.
  await holdCap(tx);
  await leaveOutParticipants(tx, consultation.id);
  const overContacted = await leaveOutOverContacted(
    tx,
    world.sending.contactCap,
    await circlesOfRecipients(tx),
  );
  const same = await sameWords(tx, wordsOfInvitations(texts));
  const before = await consultationsOfFlow(tx, flow.id);
  const earlier = { class: 'invitation', consultationIds: before.map((one) => one.id) } as const;
  const had = await takeOffWhoHad(tx, same, earlier, addTheirLinked);
  const fits = await fitting(world, tx, await costOfList(world, tx, flow, texts));
  if (fits.kind === 'too-dear') return fits;
  const now = world.ambient.now();
  const from = notBefore && notBefore > now ? notBefore : now;
  await insertInvitations(tx, {
    consultationId: consultation.id,
    day: isoDay(now, world.installation.timeZone),
    remindAt:
      flow.reminderAfterMs === undefined ? null : new Date(from.getTime() + flow.reminderAfterMs),
  });
  await planBroadcast(
    tx,
    {
      id,
      class: 'invitation',
      consultationId: consultation.id,
      hours: hoursFor(flow.ages),
      ...(notBefore ? { notBefore } : {}),
    },
    await saveTexts(world, tx, texts),
  );
  await record(tx, { actor: 'command line', action: 'invited', object: 'broadcast', at: now });
  return {
    kind: 'invited',
    planned: await countReachable(tx),
    overContacted,
    had: [...had.values()].reduce((sum, people) => sum + people, 0),
    broadcast: id,
  };
}

async function saveTexts(
  world: World,
  tx: Queryable,
  texts: readonly InvitationText[],
): Promise<readonly Wording[]> {
  const wordings: Wording[] = [];
  for (const { wording, prompts } of texts) {
    const id = world.ambient.newId();
    await saveContent(tx, { id, prompts, parts: smsCost(world, prompts) });
    wordings.push({ wording, contentIds: [id] });
  }
  return wordings;
}
