/** The names of the settings of a flow document, for messages about those that are misspelt. */
import { flowDocument, promise, test } from './document.ts';
import { branch, question, statement } from './document-step.ts';
import { optionObject } from './document-text.ts';

type Shaped = { readonly shape: Readonly<Record<string, unknown>> };

/** The settings that may stand at a place of a document. */
export function settingsAt(path: readonly (string | number)[], ask: unknown): readonly string[] {
  const [first, , third, , fifth] = path;
  if (path.length === 0) return names(flowDocument);
  if (first === 'promise') return names(promise);
  if (first === 'privacy') return ['safeguarding', 'keep_partial'];
  if (first === 'tests') return names(test);
  if (first !== 'steps') return names(optionObject);
  if (path.length === 2)
    return names(question.options.find((kind) => kind.shape.ask.value === ask) ?? statement);
  if (third === 'next') return names(branch);
  if (third === 'labels') return ['low', 'high'];
  if (third === 'bounds') return ['min', 'max'];
  return fifth === undefined ? names(optionObject) : [];
}

function names(shaped: Shaped): readonly string[] {
  return Object.keys(shaped.shape);
}

/** The kinds of question there are. */
export const KINDS: readonly string[] = question.options.map((kind) => kind.shape.ask.value);
