/** The people of a run, and what they have to say. */
import type { Chance } from './chance.ts';

export interface Person {
  readonly number: string;
  readonly choice: 'ramp' | 'lights' | 'goals';
  /** Nobody else's words. */
  readonly idea: string;
  /** Sends two texts in one second, or answers the last question again: what is kept may vary. */
  readonly isHasty: boolean;
}

export const CHOICES = ['ramp', 'lights', 'goals'] as const;
const BIRDS = ['kestrel', 'avocet', 'dunnock', 'whimbrel', 'goldcrest', 'redstart', 'fieldfare'];
const PLACES = ['bandstand', 'boathouse', 'rockery', 'pergola', 'aviary', 'orangery', 'gazebo'];
const COLOURS = ['crimson', 'turquoise', 'magenta', 'vermilion', 'chartreuse', 'ultramarine'];
const STUFFS = ['larch', 'slate', 'copper', 'willow', 'marble', 'bamboo', 'granite', 'cork'];
const SHAPES = ['octagons', 'spirals', 'lozenges', 'crescents', 'pentagons', 'trapeziums'];

/** In everybody's idea, and nowhere else. */
export const IN_EVERY_IDEA = 'boxes by the';
export const TELLS_OF_HARM = 'my stepdad hits me when im home';
/** In the number of everybody who texts first, of everybody who is written to first. */
export const IN_EVERY_NUMBER = ['77009000', '77009005'] as const;

export const FIRST_WAVE = 30;
export const SECOND_WAVE = 16;
/** They go quiet after the first question, and are reminded. */
export const SILENT = numbers(60, 4);
/** They tell of harm, and their phone is switched off before the answer is there. */
export const IN_NEED = numbers(70, 4);
export const INVITED = numbers(501, 12);
export const OPTED_OUT_AT_PROVIDER = numberOf(500);
/** Of the invited: nothing to these can ever be sent. */
export const NO_WAY_THERE = numbers(501, 2);
export const CANNOT_BE_OPENED = numbers(503, 3);

/** Every seventh is hasty, and one more here and there. */
export function peopleOf(chance: Chance, count: number, from: number): readonly Person[] {
  return Array.from({ length: count }, (_, at) => ({
    number: numberOf(from + at),
    choice: chance.pick(CHOICES),
    idea: `${chance.pick(BIRDS)} ${IN_EVERY_IDEA} ${chance.pick(PLACES)} ${words(from + at)}`,
    isHasty: at % 7 === 6 || chance.happens(0.05),
  }));
}

function numbers(from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => numberOf(from + at));
}

/** Ofcom's numbers for drama. */
function numberOf(at: number): string {
  return `+447700900${String(at).padStart(3, '0')}`;
}

/** Unique up to 288. */
function words(at: number): string {
  const shapes = `${COLOURS[at % 6]} ${SHAPES[Math.floor(at / 6) % 6]}`;
  return `with ${shapes} of ${STUFFS[Math.floor(at / 36) % 8]}`;
}
