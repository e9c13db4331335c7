/**
 * A text that fits nothing: no conversation is under way and it is no word that we know. Someone
 * whose questions ended without them is told so; anybody else is answered once a day at most, so
 * that two machines never talk to each other for long and a flood of strangers costs little.
 */
import { consultationById, listConsultations } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import { isoDay } from '../platform/calendar.ts';
import { takeDailyNudge } from '../privacy/daily-nudge.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { participationsOf } from './participations.ts';
import type { Situation } from './situation.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

/** More keywords than this do not fit a text. */
const MOST_KEYWORDS = 3;

export async function strayText(
  world: World,
  { person, inbound }: Situation,
): Promise<DecidedTurn> {
  const language = person.language ?? 'en';
  const today = isoDay(world.ambient.now(), world.installation.timeZone);
  const mayAnswer =
    inbound.channel === 'web' || (await takeDailyNudge(world.pool, person.id, today));
  const text = mayAnswer
    ? ((await endedWithout(world, person.id, language)) ?? (await whatIsOpen(world, language)))
    : undefined;
  const say = text === undefined ? [] : [statement(text, language)];
  return { personId: person.id, change: { kind: 'none' }, say, class: 'reply', effects: [] };
}

/** They joined and did not finish: the time ran out, or the consultation was closed. */
async function endedWithout(
  world: World,
  personId: string,
  language: string,
): Promise<string | undefined> {
  const unfinished = (await participationsOf(world.pool, personId)).find(
    (one) => one.state === 'joined',
  );
  if (!unfinished) return undefined;
  const consultation = await consultationById(world.pool, unfinished.consultationId);
  if (!consultation) return undefined;
  if (consultation.state === 'open') {
    const keyword = consultation.keyword.toUpperCase();
    return world.words.say('conversation_expired', language, { keyword });
  }
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  return world.words.say('consultation_closed', language, {
    name: textIn(flow.quietName, language),
    feedback_by: flow.promise ? shortDate(world.words, language, flow.promise.feedbackBy) : '',
  });
}

async function whatIsOpen(world: World, language: string): Promise<string> {
  const all = await listConsultations(world.pool);
  const keywords = all
    .filter((one) => one.state === 'open')
    .slice(0, MOST_KEYWORDS)
    .map((one) => one.keyword.toUpperCase());
  if (keywords.length === 0) return world.words.say('nothing_open', language);
  return world.words.say('idle', language, { keywords: keywords.join(', ') });
}
