/**
 * Conditions on the branches of a flow, in a small part of CEL: `answers.age >= 16`. The library
 * parses and checks types here and nowhere else; what it read is taken over into our own small
 * expression, and only what is on the list below gets through. It must never let a pattern match,
 * a loop or a function in that could hold up a turn.
 */
import {
  type ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  TypeError,
} from '@marcbachmann/cel-js';
import { type Evaluator, type Expression, evaluator } from './condition-expression.ts';
import { type UnguardedRead, unguardedReads } from './condition-guards.ts';
import { inPlainWords } from './condition-words.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Answers, QuestionKind } from './values.ts';

export interface Condition {
  readonly source: string;
  /** 'failed' where an answer that it needs is not there: the caller takes the fall-through. */
  readonly holds: (answers: Answers) => boolean | 'failed';
}

export type ReadCondition =
  | {
      readonly kind: 'condition';
      readonly condition: Condition;
      readonly expression: Expression;
      readonly unguarded: readonly UnguardedRead[];
    }
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly start: number;
      readonly end: number;
    };

export type ReadsConditions = (source: string) => ReadCondition;

const LIMITS = { maxAstNodes: 100, maxDepth: 15, maxListElements: 30 };

const TYPE_OF: Readonly<Record<QuestionKind, string>> = {
  yes_no: 'bool',
  choose_one: 'string',
  choose_many: 'list<string>',
  rank: 'list<string>',
  scale: 'double',
  number: 'double',
  text: 'string',
  place: 'string',
};

/** Declares the flow's answers once and gives the function that reads its conditions. */
export function conditionReader(kinds: ReadonlyMap<string, QuestionKind>): ReadsConditions {
  const fields: Record<string, string> = {};
  for (const [question, kind] of kinds) fields[question] = TYPE_OF[kind];
  const environment = new Environment({ limits: LIMITS })
    .registerType('Answers', { fields })
    .registerVariable('answers', 'Answers')
    .registerOperator('double == int', neverRun)
    .registerOperator('double in list<int>', neverRun);
  return (source) => {
    try {
      const parsed = environment.parse(source);
      const expression = taken(parsed.ast, kinds);
      const checked = parsed.check();
      if (checked.error !== undefined) throw checked.error;
      if (checked.type !== 'bool') throw new Refusal(notTrueOrFalse(expression), expression);
      return {
        kind: 'condition',
        condition: { source, holds: holds(evaluator(expression)) },
        expression,
        unguarded: unguardedReads(expression),
      };
    } catch (error) {
      return refused(error, source, kinds);
    }
  };
}

/** The library only checks types: what a condition does is worked out by our own evaluator. */
function neverRun(): boolean {
  return false;
}

function holds(evaluate: Evaluator): Condition['holds'] {
  return (answers) => {
    const value = evaluate(answers);
    return typeof value === 'boolean' ? value : 'failed';
  };
}

function notTrueOrFalse(expression: Expression): string {
  return expression.op === 'answer'
    ? `A condition asks something that is true or false. Compare the answer with something: answers.${expression.question} == ...`
    : 'A condition asks something that is true or false, and this does not.';
}

class Refusal extends Error {
  readonly range: { readonly start: number; readonly end: number };
  constructor(message: string, range: { readonly start: number; readonly end: number }) {
    super(message);
    this.range = range;
  }
}

function refused(
  error: unknown,
  source: string,
  kinds: ReadonlyMap<string, QuestionKind>,
): ReadCondition {
  if (error instanceof Refusal) {
    return { kind: 'refused', message: error.message, ...error.range };
  }
  const known =
    error instanceof ParseError || error instanceof TypeError || error instanceof EvaluationError;
  const range = (known ? error.range : undefined) ?? { start: 0, end: source.length };
  const code = known ? error.code : 'unknown';
  const message = inPlainWords({ code, source, start: range.start, end: range.end }, kinds);
  return { kind: 'refused', message, start: range.start, end: range.end };
}

type Kinds = ReadonlyMap<string, QuestionKind>;

/** Takes over what is allowed; throws a Refusal with its place for everything else. */
function taken(node: ASTNode, kinds: Kinds): Expression {
  const { start, end } = node;
  switch (node.op) {
    case 'value':
      return { op: 'value', value: literal(node.args, node), start, end };
    case '-_': {
      const of = taken(node.args, kinds);
      if (of.op !== 'value' || typeof of.value !== 'number')
        throw notKnown(node, 'a minus before an answer');
      return { op: 'value', value: -of.value, start, end };
    }
    case '.':
      return { op: 'answer', question: questionOf(node, kinds), start, end };
    case 'list':
      return { op: 'list', items: node.args.map((item) => listItem(item, kinds)), start, end };
    case '!_':
      return { op: 'not', of: taken(node.args, kinds), start, end };
    case '&&':
    case '||': {
      const [left, right] = node.args;
      const op = node.op === '&&' ? 'and' : 'or';
      return { op, left: taken(left, kinds), right: taken(right, kinds), start, end };
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in': {
      const [left, right] = node.args;
      return { op: node.op, left: taken(left, kinds), right: taken(right, kinds), start, end };
    }
    case 'call':
      return called(node.args[0], node.args[1], node, kinds);
    case 'rcall':
      return called(node.args[0], [node.args[1], ...node.args[2]], node, kinds);
    case 'id':
      throw new Refusal(loneWord(node.args, kinds), node);
    default:
      throw notKnown(node, `"${node.op.replaceAll('_', '')}"`);
  }
}

function called(name: string, args: readonly ASTNode[], node: ASTNode, kinds: Kinds): Expression {
  const { start, end } = node;
  const [first, second] = args;
  if (name === 'has' && first !== undefined && args.length === 1) {
    return { op: 'has', question: questionOf(first, kinds), start, end };
  }
  if (name === 'size' && first !== undefined && args.length === 1) {
    return { op: 'size', of: taken(first, kinds), start, end };
  }
  const isPart = name === 'contains' || name === 'startsWith';
  if (isPart && first !== undefined && second !== undefined && args.length === 2) {
    return { op: name, left: taken(first, kinds), right: taken(second, kinds), start, end };
  }
  throw notKnown(node, `"${name}"`);
}

function listItem(node: ASTNode, kinds: Kinds): Expression {
  const item = taken(node, kinds);
  if (item.op === 'list') throw notKnown(node, 'a list inside a list');
  return item;
}

function questionOf(node: ASTNode, kinds: Kinds): string {
  if (node.op !== '.' || node.args[0].op !== 'id' || node.args[0].args !== 'answers') {
    throw new Refusal('Write answers. and the name of a question here, such as answers.age.', node);
  }
  const question = node.args[1];
  if (kinds.has(question)) return question;
  throw new Refusal(
    `There is no question called "${question}".${didYouMean(question, kinds.keys())}`,
    { start: node.end - question.length, end: node.end },
  );
}

function literal(value: unknown, node: ASTNode): string | number | boolean {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw value === null
    ? new Refusal(
        'To ask whether there is an answer, write has(answers.age) or !has(answers.age).',
        node,
      )
    : notKnown(node, 'this value');
}

function loneWord(word: string, kinds: Kinds): string {
  if (word === 'answers') return 'Write answers. and the name of a question, such as answers.age.';
  if (kinds.has(word)) return `Write answers.${word} for the answer to "${word}".`;
  return `Put quotes around an option's name: "${word}". For an answer, write answers. before the question's name.`;
}

function notKnown(node: ASTNode, what: string): Refusal {
  return new Refusal(
    `A condition cannot use ${what}. It can use == != < <= > >= && || ! in, has(), size(), contains() and startsWith().`,
    node,
  );
}
