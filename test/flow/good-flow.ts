/** A flow without a single problem, to seed mistakes into. */
export const GOOD_FLOW = `flow: chesham-park
version: 1
title: { en: "£40,000 for Chesham park", pl: "Park Chesham" }
languages: [en, pl]
quiet_name: { en: "Chesham park", pl: "Park Chesham" }
keyword: PARK
ages: [11, 18]
promise:
  asks: { en: "£40,000 for Chesham park: help pick what we build first.", pl: "Pomóż wybrać." }
  can_change: { en: "which of three things the money pays for", pl: "co kupimy" }
  cannot_change: { en: "We can't change the amount.", pl: "Kwoty nie zmienimy." }
  decides: { en: "Cllr Green decides 14 Jan.", pl: "Decyzja 14 sty." }
  success: { en: "eight in ten of you say we listened", pl: "8 z 10 powie tak" }
  level: consultation
  feedback_by: 2027-01-28
privacy: { safeguarding: sealed, keep_partial: false }
expires_after: 5d
reminders: [48h]
start: first
steps:
  first:
    ask: choose_one
    text: { en: "What should we build first?", pl: "Co najpierw?" }
    options:
      ramp: { en: "Skate ramp", pl: "Rampa" }
      lights: { label: { en: "Path lights", pl: "Lampy" }, aliases: { en: [lamps] } }
      goals: { en: "Goals", pl: "Bramki" }
    next:
      - when: has(answers.first) && answers.first == "lights"
        go: better
      - go: better
  better:
    ask: text
    text: { en: "What would make the park better for you?", pl: "Co by poprawić?" }
    max_length: 300
    next: goodbye
  goodbye:
    say: { en: "Thank you.", pl: "Dzięki." }
    end: true
tests:
  - { name: ramp, channel: sms, say: ["go", "1", "more bins"], expect: { answers.first: ramp, ended_at: goodbye } }
`;
