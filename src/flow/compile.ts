/**
 * Makes a document that passed its checks ready to run. It must be called once for each version,
 * never in a turn; a document with errors is a bug of the caller and throws.
 */
import { aboutYouQuestions } from './compile-about-you.ts';
import { optionsOf, scaleOf } from './compile-options.ts';
import { conditionReader, type ReadsConditions } from './condition.ts';
import {
  type BranchDocument,
  type FlowDocument,
  isQuestion,
  type QuestionDocument,
  type StatementDocument,
} from './document.ts';
import { durationMs, WEEK_MS } from './duration.ts';
import type { Branch, Flow, FlowPromise, Installation, Question, Statement, Step } from './flow.ts';
import { branchesOf, longestWays, stepLinks, stepsBelow } from './step-links.ts';
import type { QuestionKind } from './values.ts';
import type { Words } from './words.ts';

const DEFAULT_MAX_LENGTH = 600;
const DEFAULT_RETRIES = 2;

interface Surroundings {
  readonly words: Words;
  readonly installation: Installation;
}

export function compileFlow(document: FlowDocument, { words, installation }: Surroundings): Flow {
  const about = aboutYouQuestions(document, words);
  const start = document.steps[document.start];
  return {
    id: document.flow,
    version: document.version,
    languages: document.languages,
    title: document.title,
    quietName: document.quiet_name ?? document.title,
    keyword: keywordOf(document),
    ...(document.ages === undefined ? {} : { ages: document.ages }),
    ...optional('promise', compilePromise(document.promise)),
    privacy: {
      safeguarding: document.privacy?.safeguarding ?? 'sealed',
      keepPartial: document.privacy?.keep_partial ?? false,
    },
    expiresAfterMs: Math.min(durationMs(document.expires_after ?? '7d'), WEEK_MS),
    ...optional('reminderAfterMs', document.reminders?.map(durationMs)[0]),
    start: document.start,
    steps: compileSteps(document, about, words),
    aboutYou: about.map((question) => question.id),
    asksConsent: document.start === 'consent' && start !== undefined && isQuestion(start),
    words,
    installation,
  };
}

/** The keyword, or the flow's own name where none is given. */
function keywordOf(document: FlowDocument): string {
  return document.keyword ?? document.flow.replaceAll('-', '').toUpperCase();
}

export function kindsOf(document: FlowDocument): ReadonlyMap<string, QuestionKind> {
  const kinds = new Map<string, QuestionKind>();
  for (const [id, step] of Object.entries(document.steps)) {
    if (isQuestion(step)) kinds.set(id, step.ask);
  }
  return kinds;
}

function compileSteps(
  document: FlowDocument,
  about: readonly Question[],
  words: Words,
): ReadonlyMap<string, Step> {
  const read = conditionReader(kindsOf(document));
  const below = stepsBelow(document);
  const longest = longestWays(document, stepLinks(document).next);
  const steps = new Map<string, Step>();
  for (const [id, step] of Object.entries(document.steps)) {
    const next = branchesOf(step, below.get(id)).map((branch) => compileBranch(branch, read));
    if (isQuestion(step)) {
      const ahead = longest.get(id);
      const most = ahead === undefined ? undefined : ahead + about.length;
      const question = compileQuestion(id, step, document.languages, words);
      steps.set(id, { ...question, next, ...optional('longest', most) });
    } else {
      steps.set(id, { ...compileStatement(id, step), next });
    }
  }
  for (const question of about) steps.set(question.id, question);
  return steps;
}

function compileQuestion(
  id: string,
  step: QuestionDocument,
  languages: readonly string[],
  words: Words,
): Question {
  const options = optionsOf(step, languages, words);
  return {
    type: 'question',
    id,
    kind: step.ask,
    text: step.text,
    ...optional('sorry', step.sorry),
    options,
    max: maxOf(step, options.length),
    ...optional('scale', scaleOf(step)),
    ...optional('bounds', step.ask === 'number' ? boundsOf(step.bounds) : undefined),
    maxLength: step.ask === 'text' ? (step.max_length ?? DEFAULT_MAX_LENGTH) : 0,
    skippable: id !== 'consent' && (step.skippable ?? true),
    retries: step.retries ?? DEFAULT_RETRIES,
    ...optional('onFailure', step.on_failure),
    next: [],
  };
}

/** The most options that an answer may name. */
function maxOf(step: QuestionDocument, count: number): number {
  if (step.ask === 'choose_many') return Math.min(step.max_choices ?? count, count);
  if (step.ask === 'rank') return Math.min(step.rank ?? 3, count);
  return 1;
}

function boundsOf(
  bounds: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined,
): Question['bounds'] {
  return { ...optional('min', bounds?.min), ...optional('max', bounds?.max) };
}

function compileStatement(id: string, step: StatementDocument): Statement {
  const end = step.end ?? step.next === undefined;
  return { type: 'statement', id, say: step.say ?? {}, end, next: [] };
}

function compileBranch(branch: BranchDocument, read: ReadsConditions): Branch {
  if (branch.when === undefined) return { go: branch.go };
  const condition = read(branch.when);
  if (condition.kind === 'refused') throw new Error(`A branch cannot be run: ${condition.message}`);
  return { when: condition.condition, go: branch.go };
}

/** A promise with a part missing is none: a launch without it is refused by the checks. */
function compilePromise(promise: FlowDocument['promise']): FlowPromise | undefined {
  const { asks, can_change, cannot_change, decides, success, level, feedback_by } = promise ?? {};
  if (asks === undefined || can_change === undefined || cannot_change === undefined)
    return undefined;
  if (decides === undefined || level === undefined || feedback_by === undefined) return undefined;
  const texts = { asks, canChange: can_change, cannotChange: cannot_change, decides };
  return { ...texts, ...optional('success', success), level, feedbackBy: feedback_by };
}

/** A property that is left out, not undefined, where there is no value. */
function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  const part: Partial<Record<K, V>> = {};
  if (value !== undefined) part[key] = value;
  return part;
}
