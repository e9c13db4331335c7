/**
 * Tells everyone who took part what happened, and every chat that did: the same text for all in each
 * language, then one question back to people. The list is frozen when it is planned; people on the
 * web read it on the page, and nobody is told twice in the same words.
 */

import type { Consultation } from '../consultation/consultations.ts';
import { type Hours, hoursFor } from '../delivery/hours.ts';
import { saveContent } from '../delivery/plan.ts';
import { planBroadcast, type Wording } from '../delivery/plan-broadcast.ts';
import { withRecipients } from '../delivery/recipients.ts';
import { insertBroadcast, textIn } from '../feedback/broadcasts.ts';
import { expectRatings } from '../feedback/rating.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Localised } from '../flow/values.ts';
import { type ChatToTell, chatWording, listChats } from '../groups/tell-chats.ts';
import { type Actor, record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import { CHANNELS, countHearers, feedbackWording, listHearers } from './hearers.ts';
import { ratingPrompt } from './rating-prompt.ts';
import { type Listener, statement } from './say.ts';
import { smsCost } from './sms-cost.ts';
import type { World } from './world.ts';

export type Told =
  | {
      readonly kind: 'planned';
      readonly broadcast: string;
      /** People. */
      readonly planned: number;
      /** Chats that took part: one post each. */
      readonly chats: number;
      readonly hours: Hours;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export async function tellParticipants(
  world: World,
  consultation: Consultation,
  texts: Localised,
  actor: Actor,
  notBefore?: Date,
): Promise<Told> {
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const broadcast = {
    id: world.ambient.newId(),
    class: 'feedback',
    consultationId: consultation.id,
    hours: hoursFor(flow.ages),
    ...(notBefore ? { notBefore } : {}),
  } as const;
  const now = world.ambient.now();
  return withRecipients(world.pool, (session) =>
    session.transaction(async (tx) => {
      // Two officers who press at once: the second sees what the first has sent.
      await tx.query(`select pg_advisory_xact_lock(hashtext('heard tell'), hashtext($1))`, [
        consultation.id,
      ]);
      const hearers = await listHearers(world, tx, consultation.id, texts);
      if (hearers.again !== undefined) return { kind: 'refused', reason: hearers.again };
      const planned = countHearers(hearers);
      await insertBroadcast(tx, {
        id: broadcast.id,
        consultationId: consultation.id,
        plannedOn: isoDay(now, world.installation.timeZone),
        texts,
        planned,
      });
      await expectRatings(tx, broadcast.id);
      const { chats } = hearers;
      await listChats(tx, chats);
      await planBroadcast(tx, broadcast, [
        ...(await saveTexts(world, tx, texts)),
        ...(await saveForChats(world, tx, texts, chats)),
      ]);
      await record(tx, { actor, action: 'told', object: 'broadcast', at: now });
      const { id, hours } = broadcast;
      return { kind: 'planned', broadcast: id, planned, chats: chats.length, hours };
    }),
  );
}

/** The text and the question back, for every channel and language that anybody may have chosen. */
async function saveTexts(
  world: World,
  tx: Queryable,
  texts: Localised,
): Promise<readonly Wording[]> {
  const wordings: Wording[] = [];
  for (const channel of CHANNELS) {
    for (const language of world.words.languages) {
      const prompts = feedbackPrompts(world, texts, { channel, language });
      const parts = (prompt: Prompt) => (channel === 'sms' ? smsCost(world, [prompt]) : 1);
      const contentIds = await saveEach(world, tx, prompts, parts);
      wordings.push({ wording: feedbackWording(channel, language), contentIds });
    }
  }
  return wordings;
}

/** The text alone: a chat is asked nothing back. */
async function saveForChats(
  world: World,
  tx: Queryable,
  texts: Localised,
  chats: readonly ChatToTell[],
): Promise<readonly Wording[]> {
  const wordings: Wording[] = [];
  for (const language of new Set(chats.map((chat) => chat.language))) {
    const prompts = [statement(textIn(texts, language), language)];
    const contentIds = await saveEach(world, tx, prompts, () => 1);
    wordings.push({ wording: chatWording(language), contentIds });
  }
  return wordings;
}

/** Each is a message of its own. */
async function saveEach(
  world: World,
  tx: Queryable,
  prompts: readonly Prompt[],
  parts: (prompt: Prompt) => number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const prompt of prompts) {
    const id = world.ambient.newId();
    await saveContent(tx, { id, prompts: [prompt], parts: parts(prompt) });
    ids.push(id);
  }
  return ids;
}

export function feedbackPrompts(
  world: World,
  texts: Localised,
  listener: Listener,
): readonly Prompt[] {
  const { language } = listener;
  return [statement(textIn(texts, language), language), ratingPrompt(world.words, listener)];
}
