/**
 * CHECK: which consultations a person took part in, where each stands and when they will hear. It
 * reads the list of participations and nothing that anybody answered.
 */
import { type Consultation, consultationById } from '../consultation/consultations.ts';
import type { FlowStore } from '../consultation/flow-store.ts';
import { type Broadcast, broadcastsOf, textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import type { Flow, Installation } from '../flow/flow.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Words } from '../flow/words.ts';
import type { Ambient } from '../platform/ambient.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type MaybeLinked, takesPartIn } from './circle.ts';
import type { Participation } from './participations.ts';
import { type Listener, say, sayAlone, statement } from './say.ts';

/** More consultations than this are only counted: nobody pays for a page of texts. */
const MOST_LISTED = 3;

export interface CheckDeps {
  readonly pool: Queryable;
  readonly flows: FlowStore;
  readonly words: Words;
  readonly ambient: Pick<Ambient, 'now'>;
  readonly installation: Pick<Installation, 'timeZone'>;
}

/** `underWay` is the consultation whose question is asked again below, where there are buttons. */
export async function checkReply(
  deps: CheckDeps,
  person: MaybeLinked,
  listener: Listener,
  underWay?: string,
): Promise<readonly Prompt[]> {
  const participations = await takesPartIn(deps.pool, person);
  if (participations.length === 0) return sayAlone(deps.words, listener, 'check_none');
  const listed = participations.slice(0, MOST_LISTED);
  const lines = await linesFor(deps, listed, listener, underWay);
  const more = participations.length - listed.length;
  if (more > 0) lines.push(say(deps.words, listener, 'check_more', { count: String(more) }));
  return lines.map((line) => statement(line, listener.language));
}

/** Of one of them alone. */
export async function standsAt(
  deps: CheckDeps,
  participation: Participation,
  listener: Listener,
): Promise<Prompt> {
  const lines = await linesFor(deps, [participation], listener);
  return statement(lines.join('\n'), listener.language);
}

async function linesFor(
  deps: CheckDeps,
  listed: readonly Participation[],
  listener: Listener,
  underWay?: string,
): Promise<string[]> {
  const told = await broadcastsOf(
    deps.pool,
    listed.map((one) => one.consultationId),
  );
  return Promise.all(
    listed.map((one) => {
      const isHere = listener.channel !== 'sms' && one.consultationId === underWay;
      return lineFor(deps, one, { told, isHere }, listener);
    }),
  );
}

async function lineFor(
  deps: CheckDeps,
  participation: Participation,
  { told, isHere }: { readonly told: readonly Broadcast[]; readonly isHere: boolean },
  listener: Listener,
): Promise<string> {
  const consultation = await consultationById(deps.pool, participation.consultationId);
  if (!consultation) throw new Error('a participation names a consultation that is not there');
  const flow = await deps.flows.flow(consultation.flow, consultation.version);
  const broadcast = told.find((one) => one.consultationId === consultation.id);
  const name = textIn(flow.quietName, listener.language);
  if (broadcast) {
    const text = textIn(broadcast.texts, listener.language);
    return say(deps.words, listener, 'check_told', { name, told: text });
  }
  const today = isoDay(deps.ambient.now(), deps.installation.timeZone);
  return standing(deps.words, listener, { flow, consultation, participation, name, today, isHere });
}

interface Standing {
  readonly flow: Flow;
  readonly consultation: Consultation;
  readonly participation: Participation;
  readonly name: string;
  readonly today: string;
  readonly isHere: boolean;
}

function standing(words: Words, listener: Listener, one: Standing): string {
  const { flow, consultation, participation, name, today, isHere } = one;
  const { promise } = flow;
  const date = (day: string): string => shortDate(words, listener.language, day);
  const feedbackBy = promise ? date(promise.feedbackBy) : '';
  if (promise && today > promise.feedbackBy) {
    return say(words, listener, 'check_late', { name, feedback_by: feedbackBy });
  }
  if (consultation.state === 'closed') {
    return say(words, listener, 'check_waiting', {
      name,
      closed_on: date(consultation.closedOn ?? consultation.openedOn),
      decides: promise ? textIn(promise.decides, listener.language) : '',
      feedback_by: feedbackBy,
    });
  }
  if (participation.state === 'joined') {
    if (isHere) return say(words, listener, 'check_unfinished_here', { name });
    const keyword = consultation.keyword.toUpperCase();
    return say(words, listener, 'check_unfinished', { name, keyword });
  }
  return say(words, listener, 'check_open', { name, feedback_by: feedbackBy });
}
