/**
 * What the web chat asks of the program beside the way in: the card of a consultation, where a
 * session stands, a number left for the feedback, and forgetting a session on a shared device. It
 * gives the chat texts and prompts only; nothing of a table or a flow passes through.
 */
import type { Card, Current, Desk } from '../../adapters/web/desk.ts';
import { consultationById, consultationByKeyword } from '../consultation/consultations.ts';
import { forgetReplies, lastReply } from '../delivery/last-reply.ts';
import { fold } from '../flow/fold.ts';
import type { Prompt } from '../flow/prompt.ts';
import { transaction } from '../platform/postgres.ts';
import { isWaiting } from '../privacy/pool.ts';
import { cardOf } from './chat-card.ts';
import { bodyBinding } from './commit-turn.ts';
import { openForDay } from './day-seal.ts';
import { createFollow } from './follow.ts';
import type { Listeners } from './listeners.ts';
import { forgetUnfinished, participationsOf } from './participations.ts';
import { readPrompts } from './repeat-reply.ts';
import { asksNow } from './standing-now.ts';
import { readSession } from './web-session.ts';
import type { World } from './world.ts';

export function createChatDesk(world: World, listeners: Listeners): Desk {
  return {
    card: (keyword, language) => card(world, keyword, language),
    current: (address) => current(world, address),
    follow: createFollow(world),
    clear: (address) => clear(world, address),
    subscribe: (address, listener) =>
      listeners.add(async () => (await readSession(world, address)).person?.id, listener),
  };
}

async function card(world: World, keyword: string, language?: string): Promise<Card | undefined> {
  const consultation = await consultationByKeyword(world.pool, fold(keyword));
  if (!consultation) return undefined;
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  return cardOf(world, consultation, flow, language);
}

async function current(world: World, address: string): Promise<Current | undefined> {
  const read = await readSession(world, address);
  if (!read.person) return undefined;
  const consultationId = read.conversation?.consultationId ?? (await latest(world, read.person.id));
  const consultation =
    consultationId === undefined ? undefined : await consultationById(world.pool, consultationId);
  if (!consultation) return undefined;
  const answers = { consultation: consultation.id, person: read.person.id };
  const waits = !read.conversation && (await isWaiting(world.pool, world.keys, answers));
  const prompts = (await lastSaid(world, read.person.id)) ?? (await asksNow(world, 'web', read));
  return {
    keyword: consultation.keyword.toUpperCase(),
    prompts,
    ended: read.conversation === undefined,
    language: prompts.at(-1)?.language ?? read.person.language ?? 'en',
    outcomeUrl: `/said-and-done#${consultation.keyword}`,
    nothingToTakeBack: !read.conversation && !waits,
  };
}

async function latest(world: World, personId: string): Promise<string | undefined> {
  return (await participationsOf(world.pool, personId))[0]?.consultationId;
}

/** The last reply, for as long as it is kept. */
async function lastSaid(world: World, personId: string): Promise<readonly Prompt[] | undefined> {
  const row = await lastReply(world.pool, personId);
  if (!row) return undefined;
  const body = await openForDay(
    world.keys,
    { sealed: row.body, keyDay: row.keyDay },
    bodyBinding(personId),
  );
  return body === undefined ? undefined : readPrompts(body);
}

/** Half-done answers go and what was said is forgotten; what was finished stays counted. */
async function clear(world: World, address: string): Promise<void> {
  const { person } = await readSession(world, address);
  if (!person) return;
  await transaction(world.pool, async (tx) => {
    await forgetUnfinished(tx, world.keys, person.id);
    await forgetReplies(tx, person.id);
  });
}
