/** A flow that asks for consent first, with a question of each kind and two about the person. */
import { flowFrom } from './park.ts';

const CONSENT = `
flow: asked-first
version: 1
title: { en: Asked first }
languages: [en]
start: consent
steps:
  consent:
    ask: yes_no
    text: { en: "May we keep your answers?" }
    next: [ { when: answers.consent == false, go: bye }, { go: use } ]
  use:
    ask: yes_no
    text: { en: "Do you use the park?" }
    next: [ { when: has(answers.use) && answers.use, go: why }, { go: safe } ]
  why:
    ask: choose_many
    max_choices: 2
    text: { en: "What for?" }
    options: { play: { en: Play }, walk: { en: Walk the dog }, meet: { en: Meet friends } }
    next: safe
  safe:
    ask: scale
    scale: 5
    labels: { low: { en: not safe }, high: { en: very safe } }
    text: { en: "How safe do you feel there?" }
    next: note
  note:
    say: { en: "Nearly there." }
    next: age
  age:
    ask: number
    bounds: { min: 9, max: 25 }
    retries: 3
    text: { en: "How old are you?" }
    sorry: { en: "In years, please." }
    on_failure: lost
    next: bye
  bye:
    say: { en: "Bye for now." }
  lost:
    say: { en: "We leave it there." }
about_you: [age_band, disability]
`;

export const consented = flowFrom(CONSENT);
