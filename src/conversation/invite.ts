/**
 * Invites the people of an audience file: each becomes a person with an address, an invitation, and
 * one planned message that says who gave us their number. Nobody who opted out is written to, and
 * being invited is not taking part.
 */
import type { Invitee } from '../consultation/audience.ts';
import type { Consultation } from '../consultation/consultations.ts';
import { planBroadcast, type Recipient, saveContent } from '../delivery/plan.ts';
import { textIn } from '../feedback/broadcasts.ts';
import type { Flow } from '../flow/flow.ts';
import { record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { insertInvitations } from './participations.ts';
import { statement } from './say.ts';
import type { World } from './world.ts';

/** People in one transaction: a file of any length is planned in memory of this size. */
const AT_ONCE = 10_000;

export interface Invited {
  readonly planned: number;
  readonly stopped: number;
}

export async function invite(
  world: World,
  consultation: Consultation,
  invitees: readonly Invitee[],
): Promise<Invited> {
  if (invitees.length === 0) return { planned: 0, stopped: 0 };
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const broadcastId = world.ambient.newId();
  const texts = await saveTexts(world, flow, invitees);
  let planned = 0;
  for (let from = 0; from < invitees.length; from += AT_ONCE) {
    const slice = invitees.slice(from, from + AT_ONCE);
    planned += await transaction(world.pool, (tx) =>
      inviteSlice(world, tx, { consultation, flow, broadcastId, texts, slice }),
    );
  }
  await record(world.pool, {
    actor: 'command line',
    action: 'invited',
    object: 'broadcast',
    at: world.ambient.now(),
  });
  return { planned, stopped: invitees.length - planned };
}

interface Slice {
  readonly consultation: Consultation;
  readonly flow: Flow;
  readonly broadcastId: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly slice: readonly Invitee[];
}

async function inviteSlice(
  world: World,
  tx: Queryable,
  { consultation, flow, broadcastId, texts, slice }: Slice,
): Promise<number> {
  const enrolled = await world.contacts.enrolMany(
    tx,
    slice.map(({ address, language }) => ({
      channel: 'sms',
      address,
      ...(language === undefined ? {} : { language }),
    })),
  );
  const recipients: Recipient[] = [];
  slice.forEach((invitee, at) => {
    const person = enrolled[at];
    const contentId = texts.get(textKey(invitee, flow));
    if (!person || person.stopped || contentId === undefined) return;
    recipients.push({ personId: person.person, channel: 'sms', contentIds: [contentId] });
  });
  const now = world.ambient.now();
  await insertInvitations(tx, {
    personIds: recipients.map((one) => one.personId),
    consultationId: consultation.id,
    day: isoDay(now, world.installation.timeZone),
    remindAt:
      flow.reminderAfterMs === undefined ? null : new Date(now.getTime() + flow.reminderAfterMs),
  });
  return planBroadcast(tx, { broadcastId, class: 'invitation', recipients });
}

/** One text for each source and language that the file names. */
async function saveTexts(
  world: World,
  flow: Flow,
  invitees: readonly Invitee[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const invitee of invitees) {
    const key = textKey(invitee, flow);
    if (texts.has(key)) continue;
    const language = languageOf(invitee, flow);
    const prompts = [statement(invitationText(world, flow, invitee.source, language), language)];
    const id = world.ambient.newId();
    await saveContent(world.pool, {
      id,
      prompts,
      parts: world.channels.get('sms')?.cost(prompts) ?? 1,
    });
    texts.set(key, id);
  }
  return texts;
}

function invitationText(world: World, flow: Flow, source: string, language: string): string {
  return world.words.say('invitation', language, {
    organisation: world.installation.organisation,
    source,
    asks: flow.promise ? textIn(flow.promise.asks, language) : textIn(flow.title, language),
    keyword: flow.keyword,
  });
}

function textKey(invitee: Invitee, flow: Flow): string {
  return `${languageOf(invitee, flow)}\0${invitee.source}`;
}

function languageOf({ language }: Invitee, flow: Flow): string {
  return language ?? flow.languages[0] ?? 'en';
}
