/** Mistakes seeded into a flow that has none, and the problems that an officer then reads. */
import { problemsOf } from '../../support/checked-flow.ts';
import { goodFlowBut } from '../good-flow.ts';

export function slip(from: string, to: string): readonly string[] {
  return problemsOf(goodFlowBut(from, to));
}

export const GOODBYE = '  goodbye:\n    say: { en: "Thank you.", cy: "Diolch." }\n    end: true\n';
export const TWO = '{ en: "x", cy: "y" }';
