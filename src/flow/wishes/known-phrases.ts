/** The grammars of all languages as one, for people mix them: made once, when the program starts. */
import { english, FILLING } from './english.ts';
import type { Kind, WishGrammar } from './grammar.ts';
import { compilePieces, keysOf, type Phrase } from './pieces.ts';
import { polish } from './polish.ts';
import { compileSpeller } from './spelling.ts';
import { urdu } from './urdu.ts';
import { welsh } from './welsh.ts';

const GRAMMARS: readonly WishGrammar[] = [english, welsh, polish, urdu];
const KINDS = [
  'stop',
  'demands',
  'refusals',
  'beside',
  'wrong-number',
  'perhaps-wrong-number',
  'who-is-this',
] as const satisfies readonly Kind[];

const CLASSES: Readonly<Record<string, string>> = Object.assign(
  {},
  ...GRAMMARS.map(({ classes }) => classes),
);
const PHRASES: readonly Phrase<Kind>[] = GRAMMARS.flatMap((grammar) =>
  KINDS.flatMap((kind) => (grammar[kind] ?? []).map((source) => ({ kind, source }))),
);
export const PIECES = compilePieces(PHRASES, CLASSES);
export const FILLERS: ReadonlySet<string> = new Set(FILLING.split(' '));
export const SPELLER = compileSpeller(new Set([...PIECES.vocabulary, ...FILLERS]));
/** One word of these is in every wish, correctly spelt. */
export const KEYS: ReadonlySet<string> = new Set(
  PHRASES.filter(({ kind }) => kind !== 'beside').flatMap(({ source }) => keysOf(source, CLASSES)),
);
