/**
 * The questions about the person that a flow may ask last: age band, area, disability. They are the
 * program's own, always skippable and always bands: never a date of birth, never a postcode.
 */
import { said, saidIn, written } from './compile-options.ts';
import type { FlowDocument } from './document.ts';
import type { Option, Question } from './flow.ts';
import type { Words } from './words.ts';

type About = NonNullable<FlowDocument['about_you']>[number];

const AGE_BANDS: readonly (readonly [number, number])[] = [
  [9, 12],
  [13, 15],
  [16, 17],
  [18, 25],
];

/** In the document's order, each going on to the next; the last one goes nowhere. */
export function aboutYouQuestions(document: FlowDocument, words: Words): readonly Question[] {
  const asked = (document.about_you ?? []).filter(
    (about, at, all) => all.indexOf(about) === at && optionsFor(about, document, words).length > 2,
  );
  return asked.map((about, at) => ({
    type: 'question',
    id: about,
    kind: about === 'area' ? 'place' : 'choose_one',
    text: saidIn(`about_${about}`, document.languages, words),
    options: optionsFor(about, document, words),
    max: 1,
    maxLength: 0,
    skippable: true,
    retries: 2,
    next: asked.slice(at + 1, at + 2).map((go) => ({ go })),
    longest: asked.length - at,
  }));
}

/** "Rather not say" stands last in each: two options mean that there is nothing to choose. */
function optionsFor(about: About, document: FlowDocument, words: Words): readonly Option[] {
  const { languages } = document;
  const rather = said('prefer_not', 'prefer_not', languages, words);
  if (about === 'age_band') {
    const bands = AGE_BANDS.filter((band) => overlaps(band, document.ages)).map(([from, to]) => {
      const name = `age_${from}_${to}`;
      return said(name, name, languages, words);
    });
    return [...bands, rather];
  }
  if (about === 'disability') {
    const yes = said('yes', 'disability_yes', languages, words);
    return [yes, said('no', 'disability_no', languages, words), rather];
  }
  const areas = typeof document.areas === 'object' ? written(document.areas) : [];
  return [...areas, rather];
}

function overlaps([from, to]: readonly [number, number], ages: FlowDocument['ages']): boolean {
  return ages === undefined || (from <= ages[1] && to >= ages[0]);
}
