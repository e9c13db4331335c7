/**
 * CHECK: which consultations a person took part in, where each stands and when they will hear. It
 * reads the list of participations and nothing that anybody answered.
 */
import { type Consultation, consultationById } from '../consultation/consultations.ts';
import type { FlowStore } from '../consultation/flow-store.ts';
import { type Broadcast, broadcastsOf, textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import type { Flow } from '../flow/flow.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Words } from '../flow/words.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type Participation, participationsOf } from './participations.ts';
import { statement } from './statement.ts';

/** More consultations than this are only counted: nobody pays for a page of texts. */
const MOST_LISTED = 3;

export interface CheckDeps {
  readonly pool: Queryable;
  readonly flows: FlowStore;
  readonly words: Words;
}

export async function checkReply(
  deps: CheckDeps,
  personId: string,
  language: string,
): Promise<readonly Prompt[]> {
  const participations = await participationsOf(deps.pool, personId);
  if (participations.length === 0)
    return [statement(deps.words.say('check_none', language), language)];
  const listed = participations.slice(0, MOST_LISTED);
  const told = await broadcastsOf(
    deps.pool,
    listed.map((one) => one.consultationId),
  );
  const lines = await Promise.all(listed.map((one) => lineFor(deps, one, told, language)));
  const more = participations.length - listed.length;
  if (more > 0) lines.push(deps.words.say('check_more', language, { count: String(more) }));
  return lines.map((line) => statement(line, language));
}

async function lineFor(
  deps: CheckDeps,
  participation: Participation,
  told: readonly Broadcast[],
  language: string,
): Promise<string> {
  const consultation = await consultationById(deps.pool, participation.consultationId);
  if (!consultation) throw new Error('a participation names a consultation that is not there');
  const flow = await deps.flows.flow(consultation.flow, consultation.version);
  const broadcast = told.find((one) => one.consultationId === consultation.id);
  const name = textIn(flow.quietName, language);
  if (broadcast) {
    return deps.words.say('check_told', language, {
      name,
      told: textIn(broadcast.texts, language),
    });
  }
  return standing(deps.words, { flow, consultation, participation, name, language });
}

interface Standing {
  readonly flow: Flow;
  readonly consultation: Consultation;
  readonly participation: Participation;
  readonly name: string;
  readonly language: string;
}

function standing(words: Words, one: Standing): string {
  const { flow, consultation, participation, name, language } = one;
  const feedbackBy = flow.promise ? shortDate(words, language, flow.promise.feedbackBy) : '';
  if (consultation.state === 'closed') {
    return words.say('check_waiting', language, {
      name,
      closed_on: shortDate(words, language, consultation.closedOn ?? consultation.openedOn),
      decides: flow.promise ? textIn(flow.promise.decides, language) : '',
      feedback_by: feedbackBy,
    });
  }
  if (participation.state === 'joined') {
    return words.say('check_unfinished', language, {
      name,
      keyword: consultation.keyword.toUpperCase(),
    });
  }
  return words.say('check_open', language, { name, feedback_by: feedbackBy });
}
