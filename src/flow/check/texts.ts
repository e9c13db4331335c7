/** Every text of the flow in every language of the flow. */
import { type FlowDocument, isQuestion } from '../document.ts';
import type { Path } from '../read-yaml.ts';
import type { Localised } from '../values.ts';
import { error, type Finding, onKey, type Rule, warning } from './subject.ts';

export interface FlowText {
  readonly path: Path;
  readonly text: Localised;
  /** How a message names it: `option "cost" has no label`. */
  readonly name: string;
  readonly what: 'text' | 'label';
}

export const textsInEveryLanguage: Rule = ({ document }) => {
  const found: Finding[] = [];
  const known = new Set(document.languages);
  for (const { path, text, name, what } of textsOf(document)) {
    for (const language of document.languages) {
      const said = text[language];
      if (said === undefined) found.push(error(path, `${name} has no ${what} in "${language}".`));
      else if (said === '') {
        found.push(error([...path, language], `${name} has an empty ${what} in "${language}".`));
      }
    }
    for (const language of Object.keys(text)) {
      if (known.has(language)) continue;
      const message = `"${language}" is not one of the flow's languages, so this is never said.`;
      found.push(onKey(warning([...path, language], message)));
    }
  }
  return found;
};

export function* textsOf(document: FlowDocument): Generator<FlowText> {
  yield { path: ['title'], text: document.title, name: 'The title', what: 'text' };
  if (document.quiet_name !== undefined) {
    yield { path: ['quiet_name'], text: document.quiet_name, name: 'The quiet name', what: 'text' };
  }
  yield* promiseTexts(document);
  yield* optionTexts(document.areas, ['areas'], 'Area');
  for (const [id, step] of Object.entries(document.steps)) {
    const path = ['steps', id];
    const name = `Step "${id}"`;
    if (!isQuestion(step)) {
      if (step.say) yield { path: [...path, 'say'], text: step.say, name, what: 'text' };
      continue;
    }
    yield { path: [...path, 'text'], text: step.text, name, what: 'text' };
    if (step.sorry !== undefined) {
      yield {
        path: [...path, 'sorry'],
        text: step.sorry,
        name: `"sorry" of step "${id}"`,
        what: 'text',
      };
    }
    if ('options' in step) yield* optionTexts(step.options, [...path, 'options'], 'Option');
    if (step.ask === 'place') yield* optionTexts(step.places, [...path, 'places'], 'Place');
    if (step.ask !== 'scale') continue;
    for (const [end, text] of Object.entries(step.labels ?? {})) {
      const what = 'label';
      if (text)
        yield { path: [...path, 'labels', end], text, name: `The ${end} end of "${id}"`, what };
    }
  }
}

function* promiseTexts({ promise }: FlowDocument): Generator<FlowText> {
  for (const [part, text] of Object.entries(promise ?? {})) {
    if (typeof text !== 'object') continue;
    yield { path: ['promise', part], text, name: `"${part}" of the promise`, what: 'text' };
  }
}

function* optionTexts(
  options: FlowDocument['areas'],
  path: Path,
  kind: 'Option' | 'Place' | 'Area',
): Generator<FlowText> {
  if (typeof options !== 'object') return;
  for (const [id, { label }] of Object.entries(options)) {
    yield { path: [...path, id, 'label'], text: label, name: `${kind} "${id}"`, what: 'label' };
  }
}
