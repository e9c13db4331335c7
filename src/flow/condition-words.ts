/**
 * What is wrong with a condition, in words for an officer. It never shows the library's own words:
 * those speak of overloads and tokens.
 */
import type { QuestionKind } from './values.ts';

export interface ConditionFault {
  readonly code: string;
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

export function inPlainWords(
  fault: ConditionFault,
  kinds: ReadonlyMap<string, QuestionKind>,
): string {
  if (fault.code === 'limit_exceeded') {
    return 'This condition is too long or too deeply nested. Split it over two branches.';
  }
  if (fault.code === 'unterminated_string')
    return 'A quotation mark is missing at the end of a word.';
  const said = fault.source.slice(fault.start, fault.end);
  const read = mentioned(said, kinds);
  if (fault.code === 'no_such_overload' || fault.code === 'no_matching_overload') {
    return read === undefined
      ? `These cannot be compared: ${quoted(said)}.`
      : EXPECTS[read.kind](read.question);
  }
  if (fault.code === 'invalid_logical_operand') {
    return 'Both sides of && and || must be true or false. Compare each answer with something.';
  }
  return unreadable(fault);
}

function unreadable({ source, start, end }: ConditionFault): string {
  const rest = source.slice(start);
  if (/^[“”‘’„]/.test(rest)) return 'Use straight quotation marks: " and not “ or ”.';
  if (/\[\s*\]/.test(source)) return 'There is nothing between [ and ].';
  if (/(^|[^=!<>])=([^=]|$)/.test(source.replaceAll(/"[^"]*"|'[^']*'/g, ''))) {
    return 'To compare, write == (two equals signs).';
  }
  if (/^\s*(and|nd|d)\b/i.test(rest) || /\band\b/i.test(source)) return 'For "and", write &&.';
  if (/\bor\b/i.test(source)) return 'For "or", write ||.';
  if (/\bnot\b/i.test(source)) return 'For "not", write ! before it.';
  if (source.slice(start, end).trim() === '') return 'This condition stops before its end.';
  return `This condition cannot be read from ${quoted(rest)} on.`;
}

function mentioned(
  said: string,
  kinds: ReadonlyMap<string, QuestionKind>,
): { readonly question: string; readonly kind: QuestionKind } | undefined {
  for (const [, question = ''] of said.matchAll(/answers\.([a-z0-9_]+)/g)) {
    const kind = kinds.get(question);
    if (kind !== undefined) return { question, kind };
  }
  return undefined;
}

const EXPECTS: Readonly<Record<QuestionKind, (question: string) => string>> = {
  yes_no: (q) => `"${q}" is a yes or no question: compare it with true or false, without quotes.`,
  choose_one: oneName,
  place: oneName,
  text: (q) =>
    `"${q}" is a text: compare it with a text in quotes, or write answers.${q}.contains("...").`,
  choose_many: listOfNames,
  rank: listOfNames,
  scale: aNumber,
  number: aNumber,
};

function oneName(question: string): string {
  return `"${question}" is one of its options: compare it with an option's name in quotes.`;
}

function listOfNames(question: string): string {
  return `"${question}" can hold several options: write "option" in answers.${question}, or size(answers.${question}) > 1.`;
}

function aNumber(question: string): string {
  return `"${question}" is a number: compare it with a number, without quotes.`;
}

function quoted(said: string): string {
  const short = said.trim();
  return `"${short.length > 40 ? `${short.slice(0, 40)}...` : short}"`;
}
