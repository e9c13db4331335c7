/**
 * Whether a whole message asks for the texts to end, however it is put: "pls stop texting me", "no
 * more texts", a STOP in look-alike letters. It errs on the side of stopping where nothing else can
 * be meant, and never where the message says who or what should stop: that is an answer.
 */
import { fold } from './fold.ts';
import { STOP_GRAMMARS, type StopGrammar } from './stop-grammar.ts';

interface Ready {
  readonly asks: readonly string[];
  readonly refuses: readonly string[];
  readonly denies: ReadonlySet<string>;
  readonly messaging: ReadonlySet<string>;
  readonly towardsUs: ReadonlySet<string>;
  readonly around: ReadonlySet<string>;
}

const READY: readonly Ready[] = STOP_GRAMMARS.map(ready);
const PHRASES: ReadonlySet<string> = new Set(
  STOP_GRAMMARS.flatMap(({ phrases }) => phrases.map(fold)),
);
const LONGEST = 120;
/** What some word of every grammar's contains: the quick way past the many texts that are none. */
const HINTS = findHints();

/** `text` is folded. */
export function asksToStop(text: string): boolean {
  if (text.length < 3 || text.length > LONGEST) return false;
  if (PHRASES.has(withoutPoliteness(text))) return true;
  if (!hasHint(text)) return false;
  const words = text.split(' ').map(stretchedStop);
  const stretched = words.join(' ');
  return READY.some((one) => asks(words, stretched, one) || refuses(words, stretched, one));
}

/** Greek and Cyrillic letters that look like Latin ones: somebody's joke, or a phone's keyboard. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ѕ: 's',
  т: 't',
  о: 'o',
  р: 'p',
  е: 'e',
  а: 'a',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ј: 'j',
  п: 'n',
  к: 'k',
  м: 'm',
  н: 'h',
  в: 'b',
  ѵ: 'v',
  ѡ: 'w',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ҽ: 'e',
  г: 'r',
  ο: 'o',
  τ: 't',
  ρ: 'p',
  ε: 'e',
  α: 'a',
  σ: 's',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  υ: 'u',
  χ: 'x',
  ѳ: 'o',
  ѻ: 'o',
};

/** The text with Latin letters for those that look like them, or undefined where it has none. */
export function withLatinLetters(text: string): string | undefined {
  if (!/[\u0370-\u03FF\u0400-\u052F]/.test(text)) return undefined;
  let latin = '';
  for (const letter of text) latin += LOOK_ALIKES[letter] ?? letter;
  return latin;
}

function asks(words: readonly string[], text: string, grammar: Ready): boolean {
  const asked = grammar.asks.find((phrase) => holdsPhrase(text, phrase));
  if (asked === undefined) return false;
  const at = ` ${text} `.indexOf(` ${asked} `);
  const before = text.slice(0, Math.max(at, 0)).split(' ');
  if (before.some((word) => grammar.denies.has(word))) return false;
  const spoken = new Set(asked.split(' '));
  if (!onlyAround(words, grammar, spoken)) return false;
  return !speaksOfItself(words) || words.some((word) => SPEAKS_TO_US.has(word));
}

/** "I stop", "you stop" are answers; "I want you to stop", "I said stop" are not. */
const SPEAKS_TO_US: ReadonlySet<string> = new Set(
  'want wanna said asked can could will would please pls plz need'.split(' '),
);

function speaksOfItself(words: readonly string[]): boolean {
  return words[0] === 'i' || words[0] === 'you' || words[0] === 'u';
}

function refuses(words: readonly string[], text: string, grammar: Ready): boolean {
  const refused = grammar.refuses.find((phrase) => holdsPhrase(text, phrase));
  if (refused === undefined || !words.some((word) => grammar.messaging.has(word))) return false;
  const bothTogether = refused.includes(' more') || refused === 'dim mwy';
  if (!bothTogether && !words.some((word) => grammar.towardsUs.has(word))) return false;
  if (words[0] === 'i' && !words.includes('want') && !words.includes('need')) return false;
  return onlyAround(words, grammar, new Set(refused.split(' ')));
}

function onlyAround(
  words: readonly string[],
  grammar: Ready,
  spoken: ReadonlySet<string>,
): boolean {
  return words.every(
    (word) =>
      spoken.has(word) || grammar.around.has(word) || grammar.messaging.has(word) || word === 'i',
  );
}

function holdsPhrase(text: string, phrase: string): boolean {
  return ` ${text} `.includes(` ${phrase} `);
}

const POLITE: ReadonlySet<string> = new Set(
  'please pls plz just now hey hi ok can could would will you u thanks ta ffs omg prosze plis teraz nawr پلیز'.split(
    ' ',
  ),
);

function withoutPoliteness(text: string): string {
  let from = 0;
  let to = text.length;
  for (let end = text.indexOf(' '); end !== -1; end = text.indexOf(' ', from)) {
    if (!POLITE.has(text.slice(from, end))) break;
    from = end + 1;
  }
  for (let at = text.lastIndexOf(' '); at > from; at = text.lastIndexOf(' ', to - 1)) {
    if (!POLITE.has(text.slice(at + 1, to))) break;
    to = at;
  }
  return text.slice(from, to);
}

/** "stoppp", "sstoooop": only "stoop" is a word of its own. */
function stretchedStop(word: string): string {
  return /^s+t+(?:o|o{3,})p+$/.test(word) ? 'stop' : word;
}

function ready(grammar: StopGrammar): Ready {
  const folded = (words: readonly string[]): readonly string[] => words.map(fold);
  return {
    asks: folded(grammar.asks),
    refuses: folded(grammar.refuses),
    denies: new Set(folded(grammar.denies)),
    messaging: new Set(folded(grammar.messaging)),
    towardsUs: new Set(folded(grammar.towardsUs)),
    around: new Set(folded(grammar.around)),
  };
}

function findHints(): ReadonlySet<string> {
  const hints = new Set<string>();
  for (const grammar of READY) {
    for (const word of [...grammar.asks, ...grammar.messaging])
      hints.add(word.split(' ')[0] ?? word);
  }
  return hints;
}

function hasHint(text: string): boolean {
  for (let from = 0; from < text.length; ) {
    const space = text.indexOf(' ', from);
    const end = space === -1 ? text.length : space;
    const word = text.slice(from, end);
    if (HINTS.has(word) || (word.length > 3 && word.startsWith('s') && /^s+t/.test(word)))
      return true;
    from = end + 1;
  }
  return false;
}
