/**
 * Commands, recognised before any answer is read: the whole message is one, in any of the flow's
 * languages, or STOP in every language that the program knows. A word inside a longer answer must
 * never be taken for a command.
 */
import type { Question } from './flow.ts';
import { fold } from './fold.ts';
import { withLatinLetters } from './look-alikes.ts';
import { onceOnly } from './once-only.ts';
import { COMMANDS, type Command } from './prompt.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Wish } from './wishes/grammar.ts';
import { type Wished, wishIn } from './wishes/wish.ts';

export interface RecognisedCommand {
  readonly command: Command;
  /** With `language`: the one that was named. */
  readonly language?: string;
  /** It may as well be an answer: it counts only where no question waits. */
  readonly orAnswer?: true;
  /** It stands among other words, which may tell of something else. */
  readonly amongOthers?: true;
}

export interface CommandOptions {
  /** The languages whose words count; all of them where nothing is said. STOP always counts. */
  readonly languages?: readonly string[];
  /** The question that waits: where one of its answers is a word for GO, the answer wins. */
  readonly openQuestion?: Question;
}

export function recogniseCommand(
  text: string,
  vocabulary: Vocabulary,
  { languages, openQuestion }: CommandOptions = {},
): RecognisedCommand | undefined {
  const folded = fold(text);
  const recognised = commandIn(text, folded, commandTable(vocabulary, languages));
  if (recognised?.command !== 'go' || openQuestion === undefined) return recognised;
  return answersWithGo(openQuestion, folded) ? undefined : recognised;
}

export interface CommandTable {
  readonly phrases: ReadonlyMap<string, RecognisedCommand>;
  readonly polite: ReadonlySet<string>;
}

const STOP: RecognisedCommand = { command: 'stop' };
const WISHES: Readonly<Record<Wish, RecognisedCommand>> = {
  stop: STOP,
  'wrong-number': { command: 'wrong-number' },
  'perhaps-wrong-number': { command: 'wrong-number', orAnswer: true },
  'who-is-this': { command: 'who-is-this' },
};

/** `folded` is the text, folded: whoever asks has it already. */
export function commandIn(
  text: string,
  folded: string,
  table: CommandTable,
): RecognisedCommand | undefined {
  const exact = table.phrases.get(folded);
  if (exact !== undefined) return exact;
  if (folded.length < 3) return undefined;
  const polite = politely(folded, table);
  if (polite !== undefined) return polite;
  const wished = wishIn(text, folded);
  return wished === undefined ? inOtherSigns(text, folded, table) : asCommand(wished);
}

function asCommand({ wish, amongOthers }: Wished): RecognisedCommand {
  return amongOthers ? { ...WISHES[wish], amongOthers } : WISHES[wish];
}

function politely(text: string, { phrases, polite }: CommandTable): RecognisedCommand | undefined {
  const first = text.indexOf(' ');
  if (first === -1) return undefined;
  const last = text.slice(text.lastIndexOf(' ') + 1);
  if (!polite.has(last) && !polite.has(text.slice(0, first))) return undefined;
  const words = text.split(' ');
  while (words.length > 1 && polite.has(words.at(-1) ?? '')) words.pop();
  while (words.length > 1 && polite.has(words[0] ?? '')) words.shift();
  return phrases.get(words.join(' '));
}

/** Look-alike letters, the same sign many times, pictures beside the words: "ЅТОР", "🛑🛑", "stop 😡". */
function inOtherSigns(
  text: string,
  folded: string,
  table: CommandTable,
): RecognisedCommand | undefined {
  if (isPlain(folded)) return undefined;
  const once = table.phrases.get(onceOnly(folded));
  if (once !== undefined) return once;
  const bare = text.replace(PICTURES, ' ');
  if (bare !== text) return commandIn(bare, fold(bare), table);
  const latin = withLatinLetters(folded);
  if (latin === undefined) return undefined;
  const stops = table.phrases.get(latin) === STOP || wishIn(latin, latin)?.wish === 'stop';
  return stops ? STOP : undefined;
}

const PICTURES =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200D\uFE0F]+/gu;

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false;
  return true;
}

/** A yes is a yes to a yes-or-no question, and a label is an answer, also where it reads "OK". */
function answersWithGo(question: Question, folded: string): boolean {
  if (question.kind === 'yes_no') return true;
  return question.options.some(
    (option) =>
      Object.values(option.label).some((label) => fold(label) === folded) ||
      Object.values(option.aliases).some((names) => names.some((name) => fold(name) === folded)),
  );
}

const tables = new WeakMap<Vocabulary, Map<string, CommandTable>>();

/** Made once for a vocabulary and a list of languages. */
export function commandTable(vocabulary: Vocabulary, languages?: readonly string[]): CommandTable {
  const key = languages?.join() ?? '*';
  let known = tables.get(vocabulary);
  if (known === undefined) tables.set(vocabulary, (known = new Map()));
  let table = known.get(key);
  if (table === undefined) known.set(key, (table = makeTable(vocabulary, languages)));
  return table;
}

const POLITE = [
  'please',
  'pls',
  'plz',
  'now',
  'ok',
  'okay',
  'thanks',
  'thx',
  'ty',
  'sorry',
  'hi',
  'hey',
  'hello',
  'x',
  'xx',
  'xxx',
  'lol',
  'plis',
  'proszę',
  'پلیز',
  'براہ مہربانی',
];

function makeTable(vocabulary: Vocabulary, languages?: readonly string[]): CommandTable {
  const wanted = languages && new Set(languages.flatMap((one) => [one, one.split('-')[0] ?? one]));
  const phrases = new Map<string, RecognisedCommand>();
  for (const command of COMMANDS) {
    for (const [language, words] of Object.entries(vocabulary.commands[command] ?? {})) {
      if (command === 'language') addPhrases(phrases, words, { command, language });
      // Whatever the language: nobody who wants it to end is told that they said it in the wrong one.
      else if (command === 'stop') addPhrases(phrases, words, STOP);
      else if (wanted?.has(language) ?? true) addPhrases(phrases, words, { command });
    }
  }
  return { phrases, polite: new Set(POLITE.map(fold)) };
}

/** "STOP PARK": some networks teach people to name what they stop, and only its own word is no answer. */
export function withStopAt(keyword: string, table: CommandTable): CommandTable {
  return { ...table, phrases: new Map([...table.phrases, [fold(`stop ${keyword}`), STOP]]) };
}

function addPhrases(
  phrases: Map<string, RecognisedCommand>,
  words: readonly string[],
  command: RecognisedCommand,
): void {
  for (const word of words) {
    const folded = fold(word);
    if (folded !== '' && !phrases.has(folded)) phrases.set(folded, command);
  }
}
