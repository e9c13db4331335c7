/**
 * How old somebody has to be to read the flow with ease, for English: long sentences and long words
 * make it old. An estimate, so it only warns; it never judges a single short line.
 */
import { isQuestion } from '../document.ts';
import { type Finding, type Rule, type Subject, warning } from './subject.ts';
import { type FlowText, textsOf } from './texts.ts';

/** Easy words are written for a reader of nine, whoever the flow is for. */
const EASY_AGE = 9;
const USUAL_YOUNGEST = 11;
/** An estimate on fewer words says nothing. */
const FEWEST_WORDS = 20;
const FEWEST_WORDS_ALONE = 12;
/** A single text may be this much harder than the whole. */
const ALONE_ALLOWANCE = 3;

export const readingAgeThatFits: Rule = (subject) => {
  const { document } = subject;
  const youngest = document.ages?.[0] ?? USUAL_YOUNGEST;
  return document.languages.flatMap((language) => {
    if (language === 'en') return hardTexts(subject, language, Math.max(youngest, EASY_AGE));
    return language === 'en-easy' ? hardTexts(subject, language, EASY_AGE) : [];
  });
};

function hardTexts(subject: Subject, language: string, limit: number): readonly Finding[] {
  const texts = [...readTexts(subject)].map((each) => ({
    ...each,
    said: each.text[language] ?? '',
  }));
  const whole = readingAge(texts.map((each) => asSentence(each.said)).join(' '));
  const found: Finding[] = [];
  let hardest = { age: 0, path: ['languages'] as FlowText['path'] };
  for (const { path, said } of texts) {
    if (wordsOf(said).length < FEWEST_WORDS_ALONE) continue;
    const age = readingAge(said);
    const at = [...path, language];
    if (age > hardest.age) hardest = { age, path: at };
    if (age <= limit + ALONE_ALLOWANCE) continue;
    const message = `This reads as for ${readers(age)} in "${language}"; it should suit ${limit}. Use shorter sentences and everyday words.`;
    found.push(warning(at, message));
  }
  const words = texts.reduce((sum, each) => sum + wordsOf(each.said).length, 0);
  if (words < FEWEST_WORDS || whole <= limit || found.length > 0) return found;
  const message = `The flow reads as for ${readers(whole)} in "${language}"; it should suit ${limit}. This text is the hardest.`;
  return [warning(hardest.path, message)];
}

function readers(age: number): string {
  return age > 18 ? 'grown-ups' : `about age ${age}`;
}

/** What is read as running text: not labels, not the title. */
function* readTexts({ document }: Subject): Generator<FlowText> {
  for (const each of textsOf(document)) {
    const step = each.path[0] === 'steps' ? document.steps[String(each.path[1])] : undefined;
    const isSorry = step !== undefined && isQuestion(step) && each.path[2] === 'sorry';
    if (
      each.what === 'text' &&
      !isSorry &&
      each.path[0] !== 'quiet_name' &&
      each.path[0] !== 'title'
    )
      yield each;
  }
}

/** Flesch and Kincaid's grade, as an age: pupils of grade 6 are eleven. */
function readingAge(text: string): number {
  const words = wordsOf(text);
  if (words.length === 0) return 0;
  const sentences = Math.max(
    1,
    text.split(/[.!?:]+(?=\s|$)|\n+/).filter((part) => /\p{L}/u.test(part)).length,
  );
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  const grade = 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
  return Math.max(5, Math.round(grade + 5));
}

/** Names of people and places, and numbers, are not counted: nobody can write them shorter. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<start>^|[.!?:]\s+)?(?<![\p{L}\p{N}£])(?<word>\p{L}[\p{L}'’]*)/gu)]
    .filter(({ groups }) => groups?.start !== undefined || !/^\p{Lu}/u.test(groups?.word ?? ''))
    .map(({ groups }) => (groups?.word ?? '').toLowerCase());
}

function syllablesOf(word: string): number {
  const plain = word.replace(/['’].*$/, '');
  if (plain.length <= 3) return 1;
  const spoken = plain.replace(/(?:[^laeiouy]es|[^aeiouydt]ed|[^laeiouy]e)$/, '').replace(/^y/, '');
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
