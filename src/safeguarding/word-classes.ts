/**
 * Finds where the classes of words stand in a message: `{loved-one}` is "my dad" and "our step
 * mum". Classes may be built of classes, so a message is read once from its end to its beginning.
 */
import { readPhrase } from './phrase.ts';
import { newPhraseGraph, type Step } from './phrase-graph.ts';

/** A class stands from the place it is listed under up to, not including, `to`. */
export interface ClassSpan {
  readonly name: string;
  readonly to: number;
}

export interface WordClasses {
  /** For each word, the classes that begin there. */
  readonly spans: (words: readonly string[]) => readonly (readonly ClassSpan[])[];
  readonly vocabulary: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

export function compileClasses(classes: Readonly<Record<string, readonly string[]>>): WordClasses {
  const graph = newPhraseGraph<string>();
  for (const [name, members] of Object.entries(classes)) {
    for (const member of members) graph.add(readPhrase(member), name);
  }
  const names = new Set(Object.keys(classes));
  for (const used of graph.classesUsed) {
    if (!names.has(used)) throw new TypeError(`No such class of words: {${used}}`);
  }

  const spans = (words: readonly string[]) => {
    const found: ClassSpan[][] = words.map(() => []);
    for (let at = words.length - 1; at >= 0; at--) {
      const here = found[at] ?? [];
      const add = (name: string, to: number) => {
        if (here.some((span) => span.name === name && span.to === to)) return;
        here.push({ name, to });
        for (const step of graph.root.onClass.get(name) ?? []) walk(step, to);
      };
      const walk = (step: Step<string>, to: number) => {
        for (const name of step.means) add(name, to);
        const word = words[to];
        if (word === undefined) return;
        for (const next of step.onWord.get(word) ?? []) walk(next, to + 1);
        if (step.onClass.size === 0) return;
        for (const span of found[to] ?? []) {
          for (const next of step.onClass.get(span.name) ?? []) walk(next, span.to);
        }
      };
      for (const step of graph.root.onWord.get(words[at] ?? '') ?? []) walk(step, at + 1);
    }
    return found;
  };
  return { spans, vocabulary: graph.vocabulary, names };
}
