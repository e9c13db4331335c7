/**
 * A condition as plain data, and how to work it out fast. This is the whole of what a condition can
 * say: answers, fixed values, comparing and joining. It must never throw and never run anything
 * that an answer contains: an answer is only ever a value.
 */
import type { Answers, AnswerValue } from './values.ts';

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

interface Range {
  /** Where it stands in the condition's text. */
  readonly start: number;
  readonly end: number;
}

export type Expression = Range &
  (
    | { readonly op: 'answer'; readonly question: string }
    | { readonly op: 'has'; readonly question: string }
    | { readonly op: 'value'; readonly value: string | number | boolean }
    | { readonly op: 'list'; readonly items: readonly Expression[] }
    | { readonly op: 'not' | 'size'; readonly of: Expression }
    | { readonly op: 'and' | 'or' | 'in'; readonly left: Expression; readonly right: Expression }
    | { readonly op: Comparison; readonly left: Expression; readonly right: Expression }
    | {
        readonly op: 'contains' | 'startsWith';
        readonly left: Expression;
        readonly right: Expression;
      }
  );

/** An answer that is not there, or not of its kind: the condition cannot be worked out. */
type Worked = AnswerValue | undefined;
export type Evaluator = (answers: Answers) => Worked;

/** Makes a function of the expression, once; undefined is what it gives where it cannot be told. */
export function evaluator(expression: Expression): Evaluator {
  switch (expression.op) {
    case 'answer': {
      const { question } = expression;
      return (answers) => answers[question];
    }
    case 'has': {
      const { question } = expression;
      return (answers) => answers[question] !== undefined;
    }
    case 'value': {
      const { value } = expression;
      return () => value;
    }
    case 'list':
      return listOf(expression.items);
    case 'not': {
      const of = evaluator(expression.of);
      return (answers) => {
        const value = of(answers);
        return typeof value === 'boolean' ? !value : undefined;
      };
    }
    case 'size': {
      const of = evaluator(expression.of);
      return (answers) => sizeOf(of(answers));
    }
    case 'and':
      return joined(expression.left, expression.right, false);
    case 'or':
      return joined(expression.left, expression.right, true);
    default:
      return compared(expression.op, evaluator(expression.left), evaluator(expression.right));
  }
}

/** The side that decides (`false` for and, `true` for or) wins over a side that cannot be told. */
function joined(leftSide: Expression, rightSide: Expression, decides: boolean): Evaluator {
  const left = evaluator(leftSide);
  const right = evaluator(rightSide);
  return (answers) => {
    const first = left(answers);
    if (first === decides) return decides;
    const second = right(answers);
    if (second === decides) return decides;
    return first === undefined || second === undefined ? undefined : !decides;
  };
}

function listOf(items: readonly Expression[]): Evaluator {
  const fixed: string[] = [];
  for (const item of items) {
    if (item.op === 'value') fixed.push(asItem(item.value));
  }
  if (fixed.length === items.length) return () => fixed;
  const evaluators = items.map(evaluator);
  return (answers) => {
    const values: string[] = [];
    for (const each of evaluators) {
      const value = each(answers);
      if (value === undefined || typeof value === 'object') return undefined;
      values.push(asItem(value));
    }
    return values;
  };
}

/** Lists hold texts; a number or a yes in one is kept apart from the text that looks like it. */
function asItem(value: string | number | boolean): string {
  return typeof value === 'string' ? value : `\u0000${value}`;
}

function compared(
  op: Exclude<Expression['op'], 'answer'>,
  left: Evaluator,
  right: Evaluator,
): Evaluator {
  const decide = DECIDERS[op];
  if (decide === undefined) return () => undefined;
  return (answers) => {
    const a = left(answers);
    const b = right(answers);
    return a === undefined || b === undefined ? undefined : decide(a, b);
  };
}

type Decide = (a: AnswerValue, b: AnswerValue) => boolean | undefined;

const DECIDERS: Readonly<Partial<Record<Expression['op'], Decide>>> = {
  '==': same,
  '!=': (a, b) => !same(a, b),
  '<': (a, b) => (comparable(a, b) ? a < b : undefined),
  '<=': (a, b) => (comparable(a, b) ? a <= b : undefined),
  '>': (a, b) => (comparable(a, b) ? a > b : undefined),
  '>=': (a, b) => (comparable(a, b) ? a >= b : undefined),
  in: (a, b) =>
    typeof a === 'object' || typeof b !== 'object' ? undefined : b.includes(asItem(a)),
  contains: (a, b) => (typeof a === 'string' && typeof b === 'string' ? a.includes(b) : undefined),
  startsWith: (a, b) =>
    typeof a === 'string' && typeof b === 'string' ? a.startsWith(b) : undefined,
};

function same(a: AnswerValue, b: AnswerValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

function comparable(a: AnswerValue, b: AnswerValue): boolean {
  return typeof a === typeof b && typeof a !== 'object';
}

function sizeOf(value: Worked): number | undefined {
  if (typeof value === 'string') return [...value].length;
  return typeof value === 'object' ? value.length : undefined;
}
