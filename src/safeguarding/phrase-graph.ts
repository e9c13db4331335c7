/**
 * The graph that phrases are compiled into: steps, and what leads from one to the next. Phrases
 * that begin alike share their steps, and every part of a phrase adds a few steps at most, however
 * many ways there are through it.
 */
import type { Part, Phrase } from './phrase.ts';

export interface Step<Meaning> {
  readonly id: number;
  readonly onWord: Map<string, Step<Meaning>[]>;
  readonly onClass: Map<string, Step<Meaning>[]>;
  /** Any one word but the end of a sentence. */
  readonly onAny: Step<Meaning>[];
  /** What has been said when this step is reached. */
  readonly means: Meaning[];
}

export interface PhraseGraph<Meaning> {
  readonly root: Step<Meaning>;
  readonly vocabulary: ReadonlySet<string>;
  readonly classesUsed: ReadonlySet<string>;
  readonly add: (phrase: Phrase, meaning: Meaning) => void;
}

/** Several steps at which one may stand after the same part; `grown` remembers what followed. */
interface Front<Meaning> {
  readonly steps: readonly Step<Meaning>[];
  readonly grown: Map<string, Front<Meaning>>;
}

export function newPhraseGraph<Meaning>(): PhraseGraph<Meaning> {
  let steps = 0;
  const vocabulary = new Set<string>();
  const classesUsed = new Set<string>();
  const fronts = new Map<string, Front<Meaning>>();
  const newStep = (): Step<Meaning> => ({
    id: steps++,
    onWord: new Map(),
    onClass: new Map(),
    onAny: [],
    means: [],
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
    if (last === undefined) return;
    const before = growAll(from, phrase.slice(0, -1));
    if (last.kind === 'word') {
      vocabulary.add(last.word);
      for (const step of before.steps) push(step.onWord, last.word, to);
    } else if (last.kind === 'class') {
      classesUsed.add(last.name);
      for (const step of before.steps) push(step.onClass, last.name, to);
    } else throw new TypeError('one of several choices must end in a word or a class');
  };

  const grow = (from: Front<Meaning>, part: Part): Front<Meaning> => {
    const key = JSON.stringify(part);
    const known = from.grown.get(key);
    if (known !== undefined) return known;
    const grown = growAnew(from, part);
    from.grown.set(key, grown);
    return grown;
  };

  const growAnew = (from: Front<Meaning>, part: Part): Front<Meaning> => {
    if (part.kind === 'maybe') {
      return frontOf([...from.steps, ...growAll(from, part.phrase).steps]);
    }
    if (part.kind === 'gap') {
      const reached = [...from.steps];
      let edge = from.steps;
      for (let words = 0; words < part.most; words++) {
        const next = newStep();
        for (const step of edge) step.onAny.push(next);
        reached.push(next);
        edge = [next];
      }
      return frontOf(reached);
    }
    const to = newStep();
    for (const choice of part.kind === 'one-of' ? part.choices : [[part]]) lead(from, choice, to);
    return frontOf([to]);
  };

  const growAll = (from: Front<Meaning>, phrase: Phrase): Front<Meaning> =>
    phrase.reduce(grow, from);

  const root = newStep();
  return {
    root,
    vocabulary,
    classesUsed,
    add: (phrase, meaning) => {
      const ends = growAll(frontOf([root]), phrase).steps;
      if (ends.includes(root)) throw new TypeError('a phrase that every text matches');
      for (const end of ends) if (!end.means.includes(meaning)) end.means.push(meaning);
    },
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else if (!values.includes(value)) values.push(value);
}
