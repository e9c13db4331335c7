/**
 * The options of each kind of question: those that the officer wrote, and those that the program
 * makes itself (yes and no, the points of a scale, the faces), labelled in the flow's languages.
 */
import type { QuestionDocument } from './document.ts';
import type { OptionDocument } from './document-text.ts';
import type { Option, Question } from './flow.ts';
import type { Localised } from './values.ts';
import type { Words } from './words.ts';

const FACES = ['😢', '🙁', '😐', '🙂', '😀'];

export function optionsOf(
  step: QuestionDocument,
  languages: readonly string[],
  words: Words,
): readonly Option[] {
  switch (step.ask) {
    case 'yes_no':
      return [said('yes', 'label_yes', languages, words), said('no', 'label_no', languages, words)];
    case 'choose_one':
    case 'choose_many':
    case 'rank':
      return written(step.options);
    case 'scale':
      return step.scale === 'faces' ? faces(languages, words) : points(step.scale ?? 5, languages);
    case 'place':
      return typeof step.places === 'string' ? [] : written(step.places);
    default:
      return [];
  }
}

export function scaleOf(step: QuestionDocument): Question['scale'] {
  if (step.ask !== 'scale') return undefined;
  const scale = step.scale ?? 5;
  const { low, high } = step.labels ?? {};
  return {
    points: scale === 'faces' ? 5 : scale,
    faces: scale === 'faces',
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  };
}

export function written(options: Readonly<Record<string, OptionDocument>>): readonly Option[] {
  return Object.entries(options).map(([id, option]) => ({
    id,
    label: option.label,
    aliases: option.aliases ?? {},
  }));
}

/** An option whose label is one of the program's own sentences. */
export function said(
  id: string,
  sentence: string,
  languages: readonly string[],
  words: Words,
): Option {
  return { id, label: saidIn(sentence, languages, words), aliases: {} };
}

export function saidIn(sentence: string, languages: readonly string[], words: Words): Localised {
  return Object.fromEntries(languages.map((language) => [language, words.say(sentence, language)]));
}

/** Keyed by their ids '1' to 'n', so that an option's place is its number. */
function points(count: number, languages: readonly string[]): readonly Option[] {
  return Array.from({ length: count }, (_, at) => {
    const id = String(at + 1);
    return { id, label: inAll(id, languages), aliases: {} };
  });
}

function faces(languages: readonly string[], words: Words): readonly Option[] {
  return FACES.map((face, at) => ({
    id: String(at + 1),
    label: saidIn(`face_${at + 1}`, languages, words),
    aliases: Object.fromEntries(languages.map((language) => [language, [face]])),
  }));
}

function inAll(text: string, languages: readonly string[]): Localised {
  return Object.fromEntries(languages.map((language) => [language, text]));
}
