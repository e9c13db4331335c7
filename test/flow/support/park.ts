/** The park consultation of the tone reference, small enough to read in a test. */
import { parse } from 'yaml';
import { compileFlow } from '../../../src/flow/compile.ts';
import { flowDocument } from '../../../src/flow/document.ts';
import type { Flow, Installation } from '../../../src/flow/flow.ts';
import { installation, words } from '../../support/checked-flow.ts';

export function flowFrom(yaml: string, over: Partial<Installation> = {}): Flow {
  const document = flowDocument.parse(parse(yaml));
  return compileFlow(document, { words, installation: { ...installation, ...over } });
}

export const PARK = `
flow: chesham-park
version: 1
title: { en: "£40,000 for Chesham park", en-easy: "£40,000 for Chesham park", pl: "40 000 funtów na park Chesham" }
languages: [en, en-easy, pl]
quiet_name: { en: "Chesham park", en-easy: "Chesham park", pl: "Park Chesham" }
keyword: PARK
ages: [11, 18]
promise:
  asks: { en: "£40,000 for Chesham park: help pick what we build first.", en-easy: "We have £40,000 for Chesham park. Help us pick what to build.", pl: "40 000 funtów na park." }
  can_change: { en: "which of three things", en-easy: "which of three things", pl: "co zbudujemy" }
  cannot_change: { en: "We can't change the amount.", en-easy: "We can't get more.", pl: "Kwoty nie zmienimy." }
  decides: { en: "Cllr Green decides 14 Jan.", en-easy: "Cllr Green picks on 14 Jan.", pl: "Decyzja 14 sty." }
  level: consultation
  feedback_by: 2027-01-28
reminders: [48h]
start: first
steps:
  first:
    ask: choose_one
    text: { en: "What should we build first?", en-easy: "What should we build?", pl: "Co budujemy najpierw?" }
    options:
      ramp: { en: Skate ramp, en-easy: Skate ramp, pl: Skatepark }
      lights: { en: Path lights, en-easy: Lights, pl: Lampy }
      goals: { en: Goals, en-easy: Goals, pl: Bramki }
    next: better
  better:
    ask: text
    text: { en: "What would make the park better for you?", en-easy: "What would make the park better?", pl: "Co poprawi park?" }
    next: goodbye
  goodbye:
    say: { en: "Thank you.", en-easy: "Thank you.", pl: "Dziękujemy." }
`;
