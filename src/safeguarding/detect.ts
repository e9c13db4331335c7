/**
 * Whether a message tells of harm: run in memory on every message before any command or answer in
 * it is read. Pure, quick and tuned to miss little rather than to be seldom wrong. It must never
 * keep, log or return a word of what it reads.
 */

import { TELLING_CLASSES } from './features.ts';
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
import { compileClasses, type Spans } from './word-classes.ts';

export type { Finding } from './finding.ts';

export interface DetectOptions {
  /** Only the rules in these languages; all of them when left out, for people mix languages. */
  readonly languages?: readonly string[];
}

export function detect(text: string, options: DetectOptions = {}): Finding | undefined {
  const message = readMessage(text);
  const matches = rules.match(message.numbers, message.spans);
  const excused = excusedWords(matches);
  const named = worstNamed(message.words, matches, excused, options.languages);
  if (named !== undefined) return named;
  const { words, spans } = excused.size === 0 ? message : without(message, excused);
  return soundsLikeHarm(words, spans, className) ? { level: 'amber', kind: 'unclear' } : undefined;
}

interface Message {
  readonly words: readonly string[];
  readonly numbers: readonly number[];
  readonly spans: Spans;
}

/** How a message is read: also by the script that learns the weights. */
export function readMessage(text: string): Message {
  return messageOf(respell(foldToWords(text)));
}

/** The name of a class that tells who, what or to whom. */
export function className(number: number): string | undefined {
  return namesOfClasses[number];
}

function messageOf(words: readonly string[]): Message {
  const numbers = words.map(classes.words.find);
  return { words, numbers, spans: classes.spans(numbers) };
}

function without({ words }: Message, excused: ReadonlySet<number>): Message {
  return messageOf(words.filter((_, at) => !excused.has(at)));
}

/** Where the words of figures of speech and of everyday matters stand. */
function excusedWords(matches: readonly PhraseMatch<Meaning>[]): ReadonlySet<number> {
  const excused = new Set<number>();
  for (const { meaning, from, to } of matches) {
    if (meaning.kind !== 'harmless') continue;
    for (let at = from; at < to; at++) excused.add(at);
  }
  return excused;
}

/** What the rules name, gravest first; figures of speech taken back. */
function worstNamed(
  words: readonly string[],
  matches: readonly PhraseMatch<Meaning>[],
  excused: ReadonlySet<number>,
  languages: readonly string[] | undefined,
): Finding | undefined {
  let worst: Finding | undefined;
  for (const match of matches) {
    const { meaning } = match;
    if (meaning.kind === 'harmless' || !inLanguages(meaning.language, languages)) continue;
    if (isExcused(match, excused)) continue;
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
const respell = compileSpelling(classes.words.names());
const namesOfClasses = classes.classes
  .names()
  .map((name) => (TELLING_CLASSES.has(name) ? `{${name}}` : undefined));

function phrasesOf(set: RuleSet, level: Level): readonly [string, Meaning][] {
  const meaning: Meaning = { kind: set.kind, level, language: set.language ?? 'en' };
  return (set[level] ?? []).map((source) => [source, meaning]);
}

function inLanguages(language: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.includes(language);
}

function isExcused({ from, to }: PhraseMatch<Meaning>, excused: ReadonlySet<number>): boolean {
  if (excused.size === 0) return false;
  for (let at = from; at < to; at++) if (excused.has(at)) return true;
  return false;
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
