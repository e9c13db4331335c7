/** A flow without a single problem, to seed mistakes into. */
export const GOOD_FLOW = `flow: chesham-park
version: 1
title: { en: "£40,000 for Chesham park", cy: "Parc Chesham" }
languages: [en, cy]
quiet_name: { en: "Chesham park", cy: "Parc Chesham" }
keyword: PARK
ages: [11, 18]
promise:
  asks: { en: "£40,000 for Chesham park: help pick what we build first.", cy: "Parc Chesham: helpa ni i ddewis." }
  can_change: { en: "which of three things the money pays for", cy: "beth i'w brynu" }
  cannot_change: { en: "We can't change the amount.", cy: "Allwn ni ddim newid y swm." }
  decides: { en: "Cllr Green decides 14 Jan.", cy: "Cyng Green fydd yn penderfynu 14 Ion." }
  success: { en: "eight in ten of you say we listened", cy: "wyth o bob deg yn hapus" }
  level: consultation
  feedback_by: 2027-01-28
privacy: { safeguarding: sealed, keep_partial: false }
expires_after: 5d
reminders: [48h]
start: first
steps:
  first:
    ask: choose_one
    text: { en: "What should we build first?", cy: "Beth yn gyntaf?" }
    options:
      ramp: { en: "Skate ramp", cy: "Ramp sglefrio" }
      lights: { label: { en: "Path lights", cy: "Goleuadau" }, aliases: { en: [lamps] } }
      goals: { en: "Goals", cy: "Goliau" }
    next:
      - when: has(answers.first) && answers.first == "lights"
        go: better
      - go: better
  better:
    ask: text
    text: { en: "What would make the park better for you?", cy: "Beth fyddai'n well?" }
    max_length: 300
    next: goodbye
  goodbye:
    say: { en: "Thank you.", cy: "Diolch." }
    end: true
tests:
  - { name: ramp, channel: sms, say: ["go", "1", "more bins"], expect: { answers.first: ramp, ended_at: goodbye } }
`;

/** With one mistake seeded into it, so that `from` reads `to`. */
export function goodFlowBut(from: string, to: string): string {
  if (!GOOD_FLOW.includes(from)) throw new Error(`The good flow has no ${from}`);
  return GOOD_FLOW.replace(from, to);
}
