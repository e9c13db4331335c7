/**
 * What was promised to a shared chat: to hear what became of the consultations it took part in and
 * of the issues raised there. What is late is said to be late, by how many days.
 */
import type { Consultation } from '../consultation/consultations.ts';
import { type Broadcast, broadcastsOf, textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import { type Issue, isClosed, issuesOfChat } from '../raised/issues.ts';
import { daysInWords, daysLate } from '../raised/late.ts';
import { type SpokenIn, sayInChat } from '../raised/say-in-chat.ts';
import { type GroupWorld, todayOf } from './group-world.ts';
import { ours } from './results-in-chat.ts';

/** More than these are not listed: it is read on a phone. */
const MOST_LISTED = 8;

export async function promisesInChat(
  world: GroupWorld,
  chatId: string,
  spoken: SpokenIn,
): Promise<string> {
  const consultations = await ours(world, chatId);
  const told = await broadcastsOf(
    world.pool,
    consultations.map((one) => one.id),
  );
  const issues = await issuesOfChat(world.pool, chatId);
  const lines = [
    ...(await Promise.all(consultations.map((one) => lineOf(world, one, told, spoken)))),
    ...issues.map((issue) => lineOfIssue(world, issue, spoken)),
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return sayInChat(world.words, spoken, 'chat_promise_none');
  return lines.slice(0, MOST_LISTED).join('\n');
}

async function lineOf(
  world: GroupWorld,
  consultation: Consultation,
  told: readonly Broadcast[],
  spoken: SpokenIn,
): Promise<string | undefined> {
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const name = textIn(flow.title, spoken.language);
  const date = (day: string): string => shortDate(world.words, spoken.language, day);
  const broadcast = told.find((one) => one.consultationId === consultation.id);
  if (broadcast) {
    return sayInChat(world.words, spoken, 'chat_promise_kept', {
      name,
      date: date(broadcast.plannedOn),
      told: textIn(broadcast.texts, spoken.language),
    });
  }
  if (!flow.promise) return undefined;
  return dueOrLate(world, spoken, name, flow.promise.feedbackBy);
}

/** An issue without a date has been promised nothing yet. */
function lineOfIssue(world: GroupWorld, issue: Issue, spoken: SpokenIn): string | undefined {
  if (issue.dueOn === undefined || isClosed(issue.status)) return undefined;
  const name = sayInChat(world.words, spoken, 'chat_issue', { issue: issue.id, text: issue.text });
  return dueOrLate(world, spoken, name, issue.dueOn);
}

function dueOrLate(world: GroupWorld, spoken: SpokenIn, name: string, dueOn: string): string {
  const { words } = world;
  const date = shortDate(words, spoken.language, dueOn);
  const late = daysLate(dueOn, todayOf(world));
  if (late === 0) return sayInChat(words, spoken, 'chat_promise_due', { name, date });
  const days = daysInWords(words, spoken, late);
  return sayInChat(words, spoken, 'chat_promise_late', { name, date, days });
}
