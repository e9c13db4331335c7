/**
 * Whether a message tells of harm: run in memory on every message before any command or answer in
 * it is read. Pure, quick and tuned to miss little rather than to be seldom wrong. It must never
 * keep, log or return a word of what it reads.
 */
import type { Finding, HarmKind, Level, RuleSet } from './finding.ts';
import { foldToWords, SENTENCE_END } from './fold.ts';
import { compilePhrases, type PhraseMatch } from './phrase-matcher.ts';
import { bullying } from './phrases/bullying.ts';
import { missing, neglect } from './phrases/care-and-shelter.ts';
import { cryForHelp, staff } from './phrases/cry-for-help.ts';
import { englishClasses } from './phrases/english-classes.ts';
import { domesticViolence, physicalAbuse } from './phrases/harm-at-home.ts';
import { harmless } from './phrases/harmless.ts';
import { honourBased } from './phrases/honour-based.ts';
import { otherClasses } from './phrases/other-classes.ts';
import { otherLanguages } from './phrases/other-languages.ts';
import { selfHarm } from './phrases/self-harm.ts';
import { exploitation, sexualAbuse } from './phrases/sexual-harm.ts';
import { suicide } from './phrases/suicide.ts';
import { threat } from './phrases/threats.ts';
import { compileSpelling } from './spelling.ts';
import { soundsLikeHarm } from './weigh.ts';
import { compileClasses } from './word-classes.ts';

export type { Finding } from './finding.ts';

export interface DetectOptions {
  /** Only the rules in these languages; all of them when left out, for people mix languages. */
  readonly languages?: readonly string[];
}

export function detect(text: string, options: DetectOptions = {}): Finding | undefined {
  const words = reader.words(text);
  const spans = reader.spans(words);
  const matches = rules.match(words, spans);
  const excused = matches.filter(({ meaning }) => meaning.kind === 'harmless');
  const named = worstNamed(words, matches, excused, options.languages);
  if (named !== undefined) return named;
  const rest = excused.length === 0 ? words : words.filter((_, at) => !within(excused, at));
  const restSpans = excused.length === 0 ? spans : reader.spans(rest);
  return soundsLikeHarm(rest, restSpans) ? { level: 'amber', kind: 'unclear' } : undefined;
}

/** What the rules name, gravest first; figures of speech taken back. */
function worstNamed(
  words: readonly string[],
  matches: readonly PhraseMatch<Meaning>[],
  excused: readonly PhraseMatch<Meaning>[],
  languages: readonly string[] | undefined,
): Finding | undefined {
  let worst: Finding | undefined;
  for (const match of matches) {
    const { meaning } = match;
    if (meaning.kind === 'harmless' || !inLanguages(meaning.language, languages)) continue;
    if (excused.some((excuse) => overlap(excuse, match))) continue;
    const found: Finding = { kind: meaning.kind, level: levelOf(meaning, words, match.from) };
    if (worst === undefined || isWorse(found, worst)) worst = found;
  }
  return worst;
}

type Meaning =
  | { readonly kind: 'harmless' }
  | { readonly kind: HarmKind; readonly level: Level; readonly language: string };

/** When a message tells of several things: the order in which a lead must hear of them. */
const GRAVEST_FIRST: readonly HarmKind[] = [
  'suicide',
  'sexual-abuse',
  'honour-based',
  'threat',
  'staff',
  'domestic-violence',
  'physical-abuse',
  'exploitation',
  'missing',
  'self-harm',
  'neglect',
  'bullying',
  'cry-for-help',
  'unclear',
];

const ruleSets: readonly RuleSet[] = [
  suicide,
  selfHarm,
  physicalAbuse,
  sexualAbuse,
  exploitation,
  neglect,
  domesticViolence,
  threat,
  missing,
  honourBased,
  bullying,
  cryForHelp,
  staff,
  ...otherLanguages,
];

const classes = compileClasses({ ...englishClasses, ...otherClasses });
const rules = compilePhrases<Meaning>(
  [
    ...harmless.map((source): [string, Meaning] => [source, { kind: 'harmless' }]),
    ...ruleSets.flatMap((set) => [...phrasesOf(set, 'red'), ...phrasesOf(set, 'amber')]),
  ],
  classes,
);
const respell = compileSpelling(rules.vocabulary);

/** How a message is read: also by the script that learns the weights. */
export const reader = {
  words: (text: string) => respell(foldToWords(text)),
  spans: classes.spans,
};

function phrasesOf(set: RuleSet, level: Level): readonly [string, Meaning][] {
  const meaning: Meaning = { kind: set.kind, level, language: set.language ?? 'en' };
  return (set[level] ?? []).map((source) => [source, meaning]);
}

function inLanguages(language: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.includes(language);
}

function overlap(one: PhraseMatch<Meaning>, other: PhraseMatch<Meaning>): boolean {
  return one.from < other.to && other.from < one.to;
}

function within(spans: readonly PhraseMatch<Meaning>[], at: number): boolean {
  return spans.some(({ from, to }) => from <= at && at < to);
}

const WORDS_OF_NEGATION = new Set(['not', 'never']);
const REACH_OF_NEGATION = 3;

/** "I am not going to kill myself" still matters, but it is not a life at risk now. */
function levelOf(
  meaning: { readonly kind: HarmKind; readonly level: Level },
  words: readonly string[],
  from: number,
): Level {
  if (meaning.kind !== 'suicide' && meaning.kind !== 'threat') return meaning.level;
  for (let at = from - 1; at >= from - REACH_OF_NEGATION && at >= 0; at--) {
    const word = words[at] ?? SENTENCE_END;
    if (word === SENTENCE_END) break;
    if (WORDS_OF_NEGATION.has(word)) return 'amber';
  }
  return meaning.level;
}

function isWorse(one: Finding, other: Finding): boolean {
  if (one.level !== other.level) return one.level === 'red';
  return GRAVEST_FIRST.indexOf(one.kind) < GRAVEST_FIRST.indexOf(other.kind);
}
