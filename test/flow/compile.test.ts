import { describe, expect, it } from 'vitest';
import { compileFlow } from '../../src/flow/compile.ts';
import type { Question, Step } from '../../src/flow/flow.ts';
import { loadFlow } from '../../src/flow/load.ts';
import { formatProblem } from '../../src/flow/problem.ts';
import { installation, words } from '../support/checked-flow.ts';
import { GOOD_FLOW } from './good-flow.ts';

function compiled(text: string) {
  const loaded = loadFlow(text, { file: 'f' });
  if (loaded.kind === 'refused') throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return compileFlow(loaded.document, { words, installation });
}

function question(step: Step | undefined): Question {
  if (step?.type !== 'question') throw new Error('Not a question');
  return step;
}

const KINDS = `flow: kinds-of-question
version: 3
title: { en: All kinds, pl: Rodzaje }
languages: [en, pl]
ages: [11, 17]
about_you: [age_band, area, disability]
areas: { east: { en: East, pl: Wsch }, west: { en: West, pl: Zach } }
start: consent
steps:
  consent: { ask: yes_no, text: { en: Ok?, pl: Ok? }, next: [ { when: answers.consent == false, go: bye }, { go: safe } ] }
  safe: { ask: scale, scale: 7, labels: { low: { en: bad, pl: b }, high: { en: good, pl: g } }, text: { en: Safe?, pl: S? } }
  mood: { ask: scale, scale: faces, text: { en: Mood?, pl: N? } }
  top: { ask: rank, rank: 9, text: { en: Top?, pl: T? }, options: { a: { en: A1, pl: A1 }, b: { en: B1, pl: B1 } } }
  many: { ask: choose_many, text: { en: Many?, pl: M? }, options: { a: { en: A1, pl: A1 }, b: { en: B1, pl: B1 } } }
  age: { ask: number, bounds: { min: 9 }, text: { en: Age?, pl: W? } }
  where: { ask: place, text: { en: Where?, pl: G? }, places: { east: { en: East, pl: W } } }
  story: { ask: text, text: { en: Story?, pl: H? }, skippable: false, retries: 1, on_failure: bye }
  note: { say: { en: Nearly done, pl: Prawie }, next: bye }
  bye: { say: { en: Bye, pl: Pa }, end: true }
`;

describe('a compiled flow', () => {
  it('carries what the document says, and the defaults for what it does not', () => {
    const flow = compiled(GOOD_FLOW);
    expect(flow).toMatchObject({
      id: 'chesham-park',
      version: 1,
      keyword: 'PARK',
      ages: [11, 18],
      privacy: { safeguarding: 'sealed', keepPartial: false },
      expiresAfterMs: 5 * 86_400_000,
      reminderAfterMs: 48 * 3_600_000,
      asksConsent: false,
      aboutYou: [],
      promise: { level: 'consultation', feedbackBy: '2027-01-28' },
    });
    expect(question(flow.steps.get('first'))).toMatchObject({
      kind: 'choose_one',
      max: 1,
      skippable: true,
      retries: 2,
      longest: 2,
    });
    expect(question(flow.steps.get('better')).maxLength).toBe(300);
  });

  it('fills in what is left out', () => {
    const flow = compiled(KINDS);
    expect(flow.keyword).toBe('KINDSOFQUESTION');
    expect(flow.quietName).toEqual(flow.title);
    expect(flow.expiresAfterMs).toBe(7 * 86_400_000);
    expect(flow.reminderAfterMs).toBeUndefined();
    expect(flow.promise).toBeUndefined();
    expect(flow.asksConsent).toBe(true);
  });

  it('makes the options of every kind', () => {
    const { steps } = compiled(KINDS);
    const ids = (id: string) => question(steps.get(id)).options.map((option) => option.id);
    expect(ids('consent')).toEqual(['yes', 'no']);
    expect(question(steps.get('consent')).options[0]?.label).toEqual({ en: 'Yes', pl: 'Tak' });
    expect(ids('safe')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(question(steps.get('safe')).scale).toEqual({
      points: 7,
      faces: false,
      low: { en: 'bad', pl: 'b' },
      high: { en: 'good', pl: 'g' },
    });
    expect(ids('mood')).toEqual(['1', '2', '3', '4', '5']);
    expect(question(steps.get('mood')).options[4]).toMatchObject({
      label: { en: words.say('face_5', 'en') },
      aliases: { en: ['😀'] },
    });
    expect(question(steps.get('top')).max).toBe(2);
    expect(question(steps.get('many')).max).toBe(2);
    expect(question(steps.get('age')).bounds).toEqual({ min: 9 });
    expect(ids('where')).toEqual(['east']);
    expect(question(steps.get('consent')).skippable).toBe(false);
    expect(question(steps.get('story'))).toMatchObject({
      skippable: false,
      retries: 1,
      onFailure: 'bye',
    });
    expect(steps.get('note')).toMatchObject({ type: 'statement', end: false });
    expect(steps.get('bye')).toMatchObject({ type: 'statement', end: true });
  });

  it('asks about you last, in bands that fit the ages', () => {
    const { steps, aboutYou } = compiled(KINDS);
    expect(aboutYou).toEqual(['age_band', 'area', 'disability']);
    const band = question(steps.get('age_band'));
    expect(band.options.map((option) => option.id)).toEqual([
      'age_9_12',
      'age_13_15',
      'age_16_17',
      'prefer_not',
    ]);
    expect(band).toMatchObject({ skippable: true, next: [{ go: 'area' }], longest: 3 });
    expect(question(steps.get('area')).options.map((option) => option.id)).toEqual([
      'east',
      'west',
      'prefer_not',
    ]);
    expect(question(steps.get('disability')).next).toEqual([]);
  });

  it('leaves out a question about you that has one answer only', () => {
    expect(
      compiled(KINDS.replace('[11, 17]', '[9, 11]').replace(/areas:.*\n/, '')).aboutYou,
    ).toEqual(['disability']);
  });

  it('counts the questions on the longest way, and none where there is a circle', () => {
    const { steps } = compiled(KINDS);
    const longest = (id: string) => question(steps.get(id)).longest;
    expect(longest('consent')).toBe(8 + 3);
    expect(longest('story')).toBe(1 + 3);
    const round = compiled(
      KINDS.replace(
        'skippable: false',
        'next: [ { when: has(answers.age), go: top }, { go: note } ]',
      ),
    );
    expect(question(round.steps.get('story')).longest).toBeUndefined();
    expect(question(round.steps.get('consent')).longest).toBeUndefined();
  });

  it('takes its branches by the answers', () => {
    const branches = question(compiled(KINDS).steps.get('consent')).next;
    expect(branches.map((branch) => branch.go)).toEqual(['bye', 'safe']);
    expect(branches[0]?.when?.holds({ consent: false })).toBe(true);
    expect(branches[0]?.when?.holds({})).toBe('failed');
    expect(branches[1]?.when).toBeUndefined();
  });

  it('is not made of a document that cannot be run', () => {
    expect(() => compiled(KINDS.replace('answers.consent == false', 'answers.consnet'))).toThrow(
      'There is no question called "consnet"',
    );
  });

  it('counts ways in time that grows with the flow and no faster', () => {
    const steps = Array.from(
      { length: 1_999 },
      (_, at) =>
        `  q${at}: { ask: yes_no, text: { en: a }, next: [ { when: has(answers.q${at}), go: q${Math.min(at + 2, 1_998)} }, { go: q${at === 1_998 ? 'end' : at + 1} } ] }\n`,
    ).join('');
    const text = `flow: a\nversion: 1\ntitle: { en: a }\nlanguages: [en]\nstart: q0\nsteps:\n${steps}  qend: { say: { en: Bye } }\n`;
    const flow = compiled(text.replace('go: q1998 }, { go: qend', 'go: qend }, { go: qend'));
    expect(question(flow.steps.get('q0')).longest).toBe(1_999);
  });
});

describe('the examples of the reference', () => {
  it('load: a kerbside survey in two languages', () => {
    const flow = compiled(`# yaml-language-server: $schema=../schema/flow.schema.json
flow: kerbside-bins
version: 3
languages: [en, vi]
title: { en: Bin collection review, vi: Xem xét thu gom rác }
expires_after: 5d
reminders: [48h]
start: consent
steps:
  consent:
    ask: yes_no
    text: { en: "May we record your answers?", vi: "..." }
    next:
      - when: answers.consent == false
        go: goodbye
      - go: topics
  topics:
    ask: choose_many
    text:    { en: "What should change?", vi: "..." }
    sorry:   { en: "Please reply with numbers from the list.", vi: "..." }
    options: { size: {en: Bin size, vi: "..."}, day: {en: Collection day, vi: "..."}, cost: {en: Cost, vi: "..."} }
    max_choices: 2
    retries: 2
    on_failure: goodbye
    next: [ { when: 'has(answers.topics) && "cost" in answers.topics', go: cost_detail }, { go: age } ]
  cost_detail:
    ask: text
    text: { en: "Tell us about the cost.", vi: "..." }
  age:
    ask: number
    text: { en: "How old are you?", vi: "..." }
  goodbye:
    say: { en: "Thank you.", vi: "..." }
tests:
  - { name: cost path, channel: sms, say: ["yes", "1 3", "too dear", "skip"], expect: { answers.topics: [size, cost], ended_at: goodbye } }
`);
    expect(question(flow.steps.get('topics'))).toMatchObject({ max: 2, onFailure: 'goodbye' });
    expect(question(flow.steps.get('cost_detail')).next).toEqual([{ go: 'age' }]);
    expect(flow.steps.get('goodbye')).toMatchObject({ end: true });
  });
});
