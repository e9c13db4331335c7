/**
 * The graph that phrases are compiled into: steps, and what leads from one to the next. Phrases
 * that begin alike share their steps, and every part of a phrase adds a few steps at most, however
 * many ways there are through it. Words and classes are numbers here: numbers are quick to look up.
 */
import type { Numbers } from './numbers.ts';
import type { Part, Phrase } from './phrase.ts';

export interface Step<Meaning> {
  readonly id: number;
  readonly onWord: Map<number, Step<Meaning>[]>;
  readonly onClass: Map<number, Step<Meaning>[]>;
  /** Any one word but the end of a sentence. */
  readonly onAny: Step<Meaning>[];
  /** What has been said when this step is reached. */
  readonly means: Meaning[];
  /** For the walk alone: the place it was last entered at, and where its phrase began. */
  entered: number;
  from: number;
}

export interface PhraseGraph<Meaning> {
  readonly root: Step<Meaning>;
  readonly add: (phrase: Phrase, meaning: Meaning) => void;
}

/** Several steps at which one may stand after the same part; `grown` remembers what followed. */
interface Front<Meaning> {
  readonly steps: readonly Step<Meaning>[];
  readonly grown: Map<string, Front<Meaning>>;
}

export function newPhraseGraph<Meaning>(words: Numbers, classes: Numbers): PhraseGraph<Meaning> {
  let steps = 0;
  const fronts = new Map<string, Front<Meaning>>();
  const newStep = (): Step<Meaning> => ({
    id: steps++,
    onWord: new Map(),
    onClass: new Map(),
    onAny: [],
    means: [],
    entered: -1,
    from: 0,
  });
  const frontOf = (members: readonly Step<Meaning>[]): Front<Meaning> => {
    const unique = [...new Set(members)].sort((one, other) => one.id - other.id);
    const key = unique.map((step) => step.id).join(' ');
    const known = fronts.get(key);
    if (known !== undefined) return known;
    const front = { steps: unique, grown: new Map() };
    fronts.set(key, front);
    return front;
  };

  /** Leads from every step of the front over the phrase to the one given step. */
  const lead = (from: Front<Meaning>, phrase: Phrase, to: Step<Meaning>): void => {
    const last = phrase.at(-1);
    if (last?.kind !== 'word' && last?.kind !== 'class') {
      throw new TypeError('one of several choices must end in a word or a class');
    }
    const before = phrase.length === 1 ? from : growAll(from, phrase.slice(0, -1));
    for (const step of before.steps) {
      if (last.kind === 'word') push(step.onWord, words.numberOf(last.word), to);
      else push(step.onClass, classes.numberOf(last.name), to);
    }
  };

  const grow = (from: Front<Meaning>, part: Part): Front<Meaning> => {
    const known = from.grown.get(part.source);
    if (known !== undefined) return known;
    const grown = growAnew(from, part);
    from.grown.set(part.source, grown);
    return grown;
  };

  const growAnew = (from: Front<Meaning>, part: Part): Front<Meaning> => {
    if (part.kind === 'maybe') {
      return frontOf([...from.steps, ...growAll(from, part.phrase).steps]);
    }
    if (part.kind === 'gap') return growGap(from, part.most);
    const to = newStep();
    for (const choice of part.kind === 'one-of' ? part.choices : [[part]]) lead(from, choice, to);
    return frontOf([to]);
  };

  const growGap = (from: Front<Meaning>, most: number): Front<Meaning> => {
    const reached = [...from.steps];
    let edge = from.steps;
    for (let count = 0; count < most; count++) {
      const next = newStep();
      for (const step of edge) step.onAny.push(next);
      reached.push(next);
      edge = [next];
    }
    return frontOf(reached);
  };

  const growAll = (from: Front<Meaning>, phrase: Phrase): Front<Meaning> =>
    phrase.reduce(grow, from);

  const root = newStep();
  return {
    root,
    add: (phrase, meaning) => {
      for (const end of growAll(frontOf([root]), phrase).steps) {
        if (end === root) throw new TypeError('a phrase that every text matches');
        if (!end.means.includes(meaning)) end.means.push(meaning);
      }
    },
  };
}

function push<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else if (!values.includes(value)) values.push(value);
}
