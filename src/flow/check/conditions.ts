/** Conditions that cannot be read, and those that can but will not do what was meant. */
import type { Expression } from '../condition-expression.ts';
import { didYouMean } from '../did-you-mean.ts';
import { isQuestion } from '../document.ts';
import type { Path } from '../read-yaml.ts';
import { reachable } from '../step-links.ts';
import { type Finding, type Rule, type Subject } from './subject.ts';

export const conditionsThatCanBeRead: Rule = ({ branches }) => {
  const found: Finding[] = [];
  for (const { step, place, read } of branches) {
    if (read?.kind !== 'refused') continue;
    found.push(at('error', whenOf(step, place), read.start, read.message));
  }
  return found;
};

/** Whoever skipped has no answer: a condition must ask `has()` before it looks at one. */
export const answersThatMayBeMissing: Rule = ({ branches, document }) => {
  const found: Finding[] = [];
  for (const { step, place, read } of branches) {
    if (read?.kind !== 'condition') continue;
    const told = new Set<string>();
    for (const { question, start } of read.unguarded) {
      const asked = document.steps[question];
      if (asked === undefined || !isQuestion(asked) || told.has(question)) continue;
      if (question === 'consent' || asked.skippable === false) continue;
      told.add(question);
      const message = `"${question}" can be skipped. Write has(answers.${question}) && before this.`;
      found.push(at('error', whenOf(step, place), start, message));
    }
  }
  return found;
};

export const answersThatAreThere: Rule = ({ branches, meant }) => {
  const found: Finding[] = [];
  const after = new Map<string, ReadonlySet<string>>();
  for (const { step, place, read } of branches) {
    if (read?.kind !== 'condition') continue;
    for (const { question, start } of answersIn(read.expression)) {
      let later = after.get(question);
      if (later === undefined) after.set(question, (later = reachable(meant.all, [question])));
      if (later.has(step)) continue;
      const message = `"${question}" has not been asked when "${step}" looks at its answer.`;
      found.push(at('warning', whenOf(step, place), start, message));
    }
  }
  return found;
};

export const optionsThatExist: Rule = (subject) => {
  const found: Finding[] = [];
  for (const { step, place, read } of subject.branches) {
    if (read?.kind !== 'condition') continue;
    for (const { question, value, start } of comparedOptions(read.expression)) {
      const options = optionIds(subject, question);
      if (options === undefined || options.includes(value)) continue;
      const message = `"${question}" has no option called "${value}".${didYouMean(value, options)}`;
      found.push(at('warning', whenOf(step, place), start, message));
    }
  }
  return found;
};

function at(severity: Finding['severity'], path: Path, offset: number, message: string): Finding {
  return { severity, path, offset, message };
}

function whenOf(step: string, place: number): Path {
  return ['steps', step, 'next', place, 'when'];
}

function optionIds({ document }: Subject, question: string): readonly string[] | undefined {
  const step = document.steps[question];
  if (step === undefined || !isQuestion(step)) return undefined;
  if ('options' in step) return Object.keys(step.options);
  if (step.ask === 'place' && typeof step.places === 'object') return Object.keys(step.places);
  return undefined;
}

function* parts(expression: Expression): Generator<Expression> {
  yield expression;
  if ('of' in expression) yield* parts(expression.of);
  if ('items' in expression) for (const item of expression.items) yield* parts(item);
  if ('left' in expression) {
    yield* parts(expression.left);
    yield* parts(expression.right);
  }
}

function* answersIn(expression: Expression): Generator<{ question: string; start: number }> {
  for (const part of parts(expression)) {
    if (part.op === 'answer' || part.op === 'has') yield part;
  }
}

/** Texts that are compared with the answer to a question, on either side. */
function* comparedOptions(
  expression: Expression,
): Generator<{ question: string; value: string; start: number }> {
  for (const part of parts(expression)) {
    if (part.op !== '==' && part.op !== '!=' && part.op !== 'in') continue;
    const sides = [...parts(part.left), ...parts(part.right)];
    const answer = sides.find((side) => side.op === 'answer');
    if (answer?.op !== 'answer') continue;
    for (const side of sides) {
      if (side.op === 'value' && typeof side.value === 'string') {
        yield { question: answer.question, value: side.value, start: side.start };
      }
    }
  }
}
