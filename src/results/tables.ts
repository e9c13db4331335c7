/**
 * Results as anybody may see them: one table for each question, every figure through disclosure
 * control. The one code path for screens, files and the command line; exact counts end here.
 */
import type { Flow, Question } from '../flow/flow.ts';
import type { Queryable } from '../platform/postgres.ts';
import { askedOfAll } from './asked-of-all.ts';
import { type AnswerCounts, countAnswers, type QuestionCounts } from './count-answers.ts';
import {
  behind,
  GATE,
  hides,
  nothing,
  type Profile,
  protectCount,
  protectExclusive,
  protectMultiple,
  rounded,
  type SafeTable,
  sumShown,
} from './disclosure.ts';
import { bandOf, numberBands } from './number-bands.ts';

export interface Results {
  readonly consultation: string;
  /** How many responses, rounded; null while there are too few to say anything. */
  readonly base: number | null;
  readonly questions: readonly QuestionResult[];
}

export interface QuestionResult {
  readonly id: string;
  readonly kind: Question['kind'];
  /** text: how many cleared texts there are. */
  readonly base: number | null;
  readonly options: readonly OptionResult[];
}

export interface OptionResult {
  readonly id: string;
  readonly label: string;
  /** Rounded to 5; null where it is suppressed. rank: how many ranked it at all. */
  readonly count: number | null;
  readonly suppressed: boolean;
  /** rank only: how many put it first; null where that is suppressed. */
  readonly first?: number | null;
}

export async function resultsOf(
  pool: Queryable,
  consultation: string,
  flow: Flow,
  profile: Profile,
): Promise<Results> {
  const counts = await countAnswers(pool, consultation);
  const questions = [...flow.steps.values()].filter(
    (step): step is Question => step.type === 'question' && step.id !== 'consent',
  );
  return {
    consultation,
    base: protectCount(counts.responses, { threshold: GATE }),
    questions: questions.map((question) => questionResult(flow, question, counts, profile)),
  };
}

function questionResult(
  flow: Flow,
  question: Question,
  counts: AnswerCounts,
  profile: Profile,
): QuestionResult {
  const { id, kind } = question;
  if (kind === 'text') {
    const cleared = counts.responses < GATE ? 0 : (counts.clearedTexts.get(id) ?? 0);
    return { id, kind, base: protectCount(cleared, profile), options: [] };
  }
  const given = counts.questions.get(id) ?? NOBODY;
  const rows = rowsOf(flow, question, given);
  const table = withoutTellingWhoWasAsked(
    protectTable(
      question,
      rows.map((row) => row.count),
      given.base,
      profile,
    ),
    { flow, question, base: given.base, responses: counts.responses, profile },
  );
  // Who put it first also ranked it: the one count must not give the other away.
  const rankHidden = table.counts.map((count) => count === null);
  const first =
    kind === 'rank' && table.base !== null
      ? protectExclusive(
          rows.map((row) => given.first.get(row.id) ?? 0),
          given.base,
          profile,
          rankHidden,
        )
      : undefined;
  return {
    id,
    kind,
    base: table.base,
    options: rows.map((row, at) => {
      const count = table.counts[at] ?? null;
      const option = { id: row.id, label: row.label, count, suppressed: count === null };
      return kind === 'rank' ? { ...option, first: first?.counts[at] ?? null } : option;
    }),
  };
}

const NOBODY: QuestionCounts = { base: 0, answers: new Map(), first: new Map() };

interface Row {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

function rowsOf(flow: Flow, question: Question, { answers }: QuestionCounts): readonly Row[] {
  if (question.kind === 'number') return numberRows(question, answers);
  const language = flow.languages[0] ?? 'en';
  return question.options.map(({ id, label }) => ({
    id,
    label: label[language] ?? id,
    count: answers.get(question.kind === 'yes_no' ? String(id === 'yes') : id) ?? 0,
  }));
}

function numberRows(question: Question, answers: ReadonlyMap<string, number>): readonly Row[] {
  const bands = numberBands(question.bounds);
  const counts = new Map<string, number>();
  for (const [value, count] of answers) {
    const band = bandOf(bands, Number(value));
    if (band) counts.set(band.id, (counts.get(band.id) ?? 0) + count);
  }
  return bands.map(({ id, label }) => ({ id, label, count: counts.get(id) ?? 0 }));
}

function protectTable(
  { kind, max }: Question,
  counts: readonly number[],
  base: number,
  profile: Profile,
): SafeTable {
  const several = (kind === 'choose_many' || kind === 'rank') && max > 1;
  return several
    ? protectMultiple(counts, base, max, profile)
    : protectExclusive(counts, base, profile);
}

interface Asked {
  readonly flow: Flow;
  readonly question: Question;
  readonly base: number;
  readonly responses: number;
  readonly profile: Profile;
}

/**
 * Where only some are asked, those not asked are a cell too. Is it a small one, then neither the
 * base nor the sum of the shown counts may narrow it down.
 */
function withoutTellingWhoWasAsked(table: SafeTable, asked: Asked): SafeTable {
  const { flow, question, base, responses, profile } = asked;
  const notAsked = responses - base;
  if (table.base === null || notAsked >= profile.threshold || askedOfAll(flow, question.id)) {
    return table;
  }
  const all = behind(rounded(responses), GATE);
  const shown = sumShown(table, profile.threshold);
  const sumsToBase = question.max <= 1 && table.counts.every((count) => count !== null);
  const fromBase = behind(table.base, GATE);
  const fromSum = {
    low: question.max <= 1 ? shown.low : 0,
    high: sumsToBase ? shown.high : all.high,
  };
  const both = {
    low: all.low - Math.min(fromBase.high, fromSum.high),
    high: all.high - Math.max(fromBase.low, fromSum.low),
  };
  if (hides(both, profile.threshold)) return table;
  const sumOnly = { low: all.low - fromSum.high, high: all.high - fromSum.low };
  if (hides(sumOnly, profile.threshold)) return { ...table, base: null };
  return nothing(table.counts);
}
