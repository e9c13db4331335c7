/**
 * Exact counts of released answers. What this gives must never be shown: it goes through
 * disclosure.ts first.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface AnswerCounts {
  readonly responses: number;
  /** By question. */
  readonly questions: ReadonlyMap<string, QuestionCounts>;
  /** Cleared free texts by question. */
  readonly clearedTexts: ReadonlyMap<string, number>;
}

export interface QuestionCounts {
  /** How many answered it. */
  readonly base: number;
  /** By answer: the text of a single value, or each choice of several. */
  readonly answers: ReadonlyMap<string, number>;
  /** How many put it first. */
  readonly first: ReadonlyMap<string, number>;
}

export async function countAnswers(tx: Queryable, consultation: string): Promise<AnswerCounts> {
  const { rows: all } = await tx.query<{ responses: number }>(
    'select count(*)::int as responses from resp.response where consultation_id = $1',
    [consultation],
  );
  const questions = new Map<string, Counting>();
  for (const row of await singleAnswers(tx, consultation)) {
    const counting = countingOf(questions, row.question);
    counting.base += row.count;
    if (row.answer !== null) counting.answers.set(row.answer, row.count);
  }
  for (const row of await chosenAnswers(tx, consultation)) {
    const counting = countingOf(questions, row.question);
    counting.answers.set(row.answer, row.count);
    counting.first.set(row.answer, row.first);
  }
  return {
    responses: all[0]?.responses ?? 0,
    questions,
    clearedTexts: await countCleared(tx, consultation),
  };
}

interface Counting {
  base: number;
  readonly answers: Map<string, number>;
  readonly first: Map<string, number>;
}

function countingOf(questions: Map<string, Counting>, question: string): Counting {
  const there = questions.get(question);
  if (there) return there;
  const counting = {
    base: 0,
    answers: new Map<string, number>(),
    first: new Map<string, number>(),
  };
  questions.set(question, counting);
  return counting;
}

/** Lists of choices come as one row for each question, without an answer: they count for the base. */
async function singleAnswers(tx: Queryable, consultation: string) {
  const { rows } = await tx.query<{ question: string; answer: string | null; count: number }>(
    `select given.key as question,
            case when jsonb_typeof(given.value) <> 'array' then given.value #>> '{}' end as answer,
            count(*)::int as count
     from resp.response r, lateral jsonb_each(r.answers || r.bands) as given
     where r.consultation_id = $1
     group by 1, 2`,
    [consultation],
  );
  return rows;
}

async function chosenAnswers(tx: Queryable, consultation: string) {
  const { rows } = await tx.query<{
    question: string;
    answer: string;
    count: number;
    first: number;
  }>(
    `select given.key as question, choice.value as answer, count(*)::int as count,
            count(*) filter (where choice.place = 1)::int as first
     from resp.response r, lateral jsonb_each(r.answers || r.bands) as given,
          lateral jsonb_array_elements_text(
            case when jsonb_typeof(given.value) = 'array' then given.value else '[]' end
          ) with ordinality as choice (value, place)
     where r.consultation_id = $1
     group by 1, 2`,
    [consultation],
  );
  return rows;
}

async function countCleared(
  tx: Queryable,
  consultation: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.query<{ question: string; count: number }>(
    `select question, count(*)::int as count from resp.free_text
     where consultation_id = $1 and status = 'cleared' group by question`,
    [consultation],
  );
  return new Map(rows.map(({ question, count }) => [question, count]));
}
