/**
 * Brings the words of a wish to the spelling that the grammars know: text-speak, letters held down,
 * a dropped g, one slip in a long word, words run together with "stop". Only words that no grammar
 * knows are touched, and only such a word comes out.
 */

export interface Speller {
  /** What each known way to write a word means: one word or more. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  /** What is meant by a word that stands in no list; undefined for most. */
  readonly repair: (word: string) => readonly string[] | undefined;
}

export function compileSpeller(vocabulary: ReadonlySet<string>): Speller {
  const spelt = new Map<string, readonly string[]>();
  for (const word of vocabulary) spelt.set(word, [word]);
  for (const [meant, ways] of Object.entries(RESPELT)) {
    for (const way of ways.split(' ')) spelt.set(way, meant.split(' '));
  }
  const squeezed = new Map<string, readonly string[]>();
  const listed = [...spelt];
  for (const [word, meant] of listed) {
    for (const slip of slipsOf(word)) if (!spelt.has(slip)) spelt.set(slip, meant);
    const short = squeeze(word);
    if (!squeezed.has(short) || short === word) squeezed.set(short, meant);
  }
  return {
    known: spelt,
    repair: (word) => {
      if (word.length < 3) return undefined;
      if (isHeldDown(word)) return squeezed.get(squeeze(word));
      if (word.endsWith('in')) return spelt.get(`${word}g`);
      const parts = word.length > 5 ? aroundStop(word) : undefined;
      return parts?.flatMap((part) => spelt.get(part) ?? [part]);
    },
  };
}

const RESPELT: Readonly<Record<string, string>> = {
  you: 'u ya yous',
  your: 'ur',
  are: 'r',
  text: 'txt',
  texts: 'txts',
  texting: 'txting',
  message: 'msg',
  messages: 'msgs',
  messaging: 'msging',
  stop: 'stpo sotp stp st0p',
  dont: 'dnt',
  'want to': 'wanna wana',
  'i am': 'im',
  'i have': 'ive',
  'i would': 'id',
  'it is': 'its',
  'that is': 'thats',
  'who is': 'whos',
  'you have': 'youve uve',
  'you are': 'youre',
  'is not': 'isnt',
  fuck: 'fuk fck',
};

const SHORTEST_WITH_SLIPS = 6;

/** A letter left out, or two neighbours changed over; never the first letter. */
function slipsOf(word: string): readonly string[] {
  if (word.length < SHORTEST_WITH_SLIPS || word.charCodeAt(0) > 126) return [];
  const slips: string[] = [];
  for (let at = 1; at < word.length; at++) {
    slips.push(word.slice(0, at) + word.slice(at + 1));
    if (at + 1 < word.length) {
      slips.push(word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2));
    }
  }
  return slips;
}

/** "stoppp", "pleasee": three of a letter, or the last one twice. "stoop" is a word of its own. */
function isHeldDown(word: string): boolean {
  let alike = 1;
  for (let at = 1; at < word.length; at++) {
    alike = word.charCodeAt(at) === word.charCodeAt(at - 1) ? alike + 1 : 1;
    if (alike === 3) return true;
  }
  return alike === 2;
}

function squeeze(word: string): string {
  let short = '';
  for (const letter of word) if (!short.endsWith(letter)) short += letter;
  return short;
}

/** "stoptexting" is two words, and so is "pleasestop". */
function aroundStop(word: string): readonly string[] | undefined {
  if (word.startsWith('stop')) return ['stop', word.slice(4)];
  return word.endsWith('stop') ? [word.slice(0, -4), 'stop'] : undefined;
}
