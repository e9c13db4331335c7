/**
 * What fits nothing: no conversation is under way and it is no word that we know. Someone whose
 * questions ended, with them or without, is told so. A text is answered once a day at most, so that
 * two machines never talk to each other for long and a flood of strangers costs little.
 */
import { consultationById, listConsultations } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import type { Prompt } from '../flow/prompt.ts';
import { isoDay } from '../platform/calendar.ts';
import { takeDailyNudge } from '../privacy/daily-nudge.ts';
import { finishedElsewhere } from './circle.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { participationsOf } from './participations.ts';
import { sayAlone } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** More keywords than this do not fit a text. */
const MOST_KEYWORDS = 3;

export async function strayText(world: World, situation: Situation): Promise<DecidedTurn> {
  const { person, inbound } = situation;
  const today = isoDay(world.ambient.now(), world.installation.timeZone);
  // Whoever presses a button is looking at the screen, and is no machine.
  const isTyped = inbound.event.kind === 'text' && inbound.channel !== 'web';
  const mayAnswer = !isTyped || (await takeDailyNudge(world.pool, person.id, today));
  if (!mayAnswer) return onlySay(situation, []);
  const tapped =
    inbound.event.kind === 'choice' ? await finishedBefore(world, situation) : undefined;
  return onlySay(
    situation,
    tapped ?? (await endedWithout(world, situation)) ?? (await whatIsOpen(world, situation)),
  );
}

/** A button of questions that are answered: they took part, and nothing changes. */
async function finishedBefore(
  world: World,
  situation: Situation,
): Promise<readonly Prompt[] | undefined> {
  const listener = listenerOf(situation);
  const [latest] = await participationsOf(world.pool, situation.person.id);
  if (latest?.state !== 'done') return undefined;
  const consultation = await consultationById(world.pool, latest.consultationId);
  if (!consultation) return undefined;
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const name = textIn(flow.quietName, listener.language);
  return sayAlone(world.words, listener, 'already_taken_part', { name });
}

/** They joined and did not finish: the time ran out, or the consultation was closed. */
async function endedWithout(
  world: World,
  situation: Situation,
): Promise<readonly Prompt[] | undefined> {
  const listener = listenerOf(situation);
  const all = await participationsOf(world.pool, situation.person.id);
  const unfinished = all.find((one) => one.state === 'joined');
  const consultation =
    unfinished && (await consultationById(world.pool, unfinished.consultationId));
  if (!consultation || (await finishedElsewhere(world.pool, situation.person, consultation.id)))
    return undefined;
  if (consultation.state === 'open') {
    const keyword = consultation.keyword.toUpperCase();
    return sayAlone(world.words, listener, 'conversation_expired', { keyword });
  }
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const { language } = listener;
  return sayAlone(world.words, listener, 'consultation_closed', {
    name: textIn(flow.quietName, language),
    feedback_by: flow.promise ? shortDate(world.words, language, flow.promise.feedbackBy) : '',
  });
}

async function whatIsOpen(world: World, situation: Situation): Promise<readonly Prompt[]> {
  const listener = listenerOf(situation);
  const all = await listConsultations(world.pool);
  const keywords = all
    .filter((one) => one.state === 'open')
    .slice(0, MOST_KEYWORDS)
    .map((one) => one.keyword.toUpperCase());
  return keywords.length === 0
    ? sayAlone(world.words, listener, 'nothing_open')
    : sayAlone(world.words, listener, 'idle', { keywords: keywords.join(', ') });
}
