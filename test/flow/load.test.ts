import { describe, expect, it } from 'vitest';
import { loadFlow, storedFlow } from '../../src/flow/load.ts';
import { formatProblem } from '../../src/flow/problem.ts';
import { GOOD_FLOW, goodFlowBut } from './good-flow.ts';

function problems(text: string): readonly string[] {
  return loadFlow(text, { file: 'f' }).problems.map(formatProblem);
}

describe('loading a flow', () => {
  it('takes a good one and writes its short forms out', () => {
    const loaded = loadFlow(GOOD_FLOW, { file: 'f' });
    if (loaded.kind === 'refused') throw new Error(loaded.problems.map(formatProblem).join('\n'));
    const { first, better } = loaded.document.steps;
    expect(better?.next).toEqual([{ go: 'goodbye' }]);
    expect(first && 'options' in first && Object.keys(first.options)).toEqual([
      'ramp',
      'lights',
      'goals',
    ]);
    expect(first && 'options' in first && first.options.ramp).toEqual({
      label: { en: 'Skate ramp', cy: 'Ramp sglefrio' },
    });
    expect(storedFlow(JSON.stringify(loaded.document))).toEqual(loaded.document);
  });

  it.each<[string, string, string]>([
    [
      'max_length: 300',
      'max_lenght: 300',
      '35:5 There is no setting called "max_lenght" here. Did you mean "max_length"?',
    ],
    ['title: {', 'titel: {', '3:1 There is no setting called "titel" here. Did you mean "title"?'],
    [
      'ask: text',
      'ask: txt',
      '33:10 There is no kind of question called "txt". Did you mean "text"?',
    ],
    ['ask: text', 'asks: text', '33:5 There is no setting called "asks" here. Did you mean "ask"?'],
    ['    ask: text\n', '', '32:3 This step needs "ask" (a question) or "say" (something to say).'],
    [
      'ask: text\n',
      'ask: text\n    options: {}\n',
      '34:5 A text question has no setting called "options".',
    ],
    [
      '      - go: better',
      '      - goo: better',
      '31:9 There is no setting called "goo" here. Did you mean "go"?',
    ],
    [
      'aliases:',
      'alias:',
      '26:64 There is no setting called "alias" here. Did you mean "aliases"?',
    ],
    ['version: 1\n', '', '1:1 "version" is missing here.'],
    ['version: 1', 'version: one', '2:10 Write a number here, without quotes.'],
    ['version: 1', 'version: 0', '2:10 This is too small: 1 is the least.'],
    ['[11, 18]', '11', '7:7 Write the youngest and the oldest age, such as [11, 18].'],
    ['5d', '5 days', '17:16 Write a length of time such as 48h or 5d.'],
    ['[48h]', '48h', '18:12 Write the reminder as a list of one, such as [48h].'],
    ['sealed', 'seald', '16:26 "seald" cannot stand here. Did you mean "sealed"?'],
    [
      'keyword: PARK',
      'keyword: "BURY PARK"',
      '6:10 A keyword is one word of 2 to 20 plain letters and digits, such as PARK.',
    ],
    ['end: true', 'end: yes', '39:10 Write true or false here.'],
    [
      'ramp: { en: "Skate ramp", cy: "Ramp sglefrio" }',
      'ramp: Skate ramp',
      '25:13 Write this text in each language, such as { en: "..." }.',
    ],
    [
      'ramp: { en: "Skate ramp"',
      'ramp: { en: 5',
      '25:19 Put quotes around 5, or write what belongs here.',
    ],
    [
      'ramp: { en',
      'ramp: { EN',
      '25:15 "EN": A language is named by its code, such as en, en-easy or pl.',
    ],
    [
      'ramp: {',
      '16: {',
      '25:7 "16": An option is named by a short word: small letters, digits, _ and -, a letter first.',
    ],
    ['ramp: {', '__proto__: {', '25:7 "__proto__" cannot be used as a name here.'],
    ['better:\n', 'constructor:\n', '32:3 "constructor" cannot be used as a name here.'],
    ['max_length: 300', 'max_length: 30000', '35:17 This is too large: 2000 is the most.'],
    ['Goals', 'x'.repeat(1_700), '27:20 This is too long: 1600 characters is the most.'],
    [
      'start: first',
      'start: first\nstart: b',
      '20:1 "start" stands here twice. Take one of them away.',
    ],
    ['better:\n    ask', 'better:\n\task', '33:1 This line begins with a tab. Use spaces.'],
    [
      'version: 1',
      'version: &a 1',
      '2:13 A name with & is not allowed here. Put quotes around a text that begins with &.',
    ],
    [
      'version: 1',
      'version: !x 1',
      '2:13 A mark with ! is not allowed here. Put quotes around a text that begins with !.',
    ],
  ])('%j written as %j', (from, to, problem) => {
    expect(problems(goodFlowBut(from, to))).toEqual([`f:${problem}`]);
  });

  it.each([
    ['', 'f:1:1 This file is empty.'],
    ['# only a comment', 'f:1:1 This file is empty.'],
    ['hello', 'f:1:1 This is not a flow: it should begin with "flow:" and its name.'],
    ['- a', 'f:1:1 This is not a flow: it should begin with "flow:" and its name.'],
    ['a: *b', 'f:1:4 Write the text out here: a reference with * is not allowed.'],
    [
      'a: "x',
      'f:1:6 Something is missing at the end: a closing quotation mark, or a colon after a name.',
    ],
    [
      'a: b: c',
      'f:1:4 There is a second colon in this line, or the next line stands too far to the right. Put quotes around a text with a colon in it.',
    ],
    ['- '.repeat(5_000), 'f:1:9999 This is nested too deeply to be read.'],
    ['a'.repeat(1_000_001), 'f:1:1 This file is too large: 1 MB is the most.'],
  ])('says what is wrong with a file that is no flow (%#)', (text, problem) => {
    expect(problems(text)[0]?.replace(/^f:1:\d+ This is nested/, 'f:1:9999 This is nested')).toBe(
      problem,
    );
  });

  it('refuses a file whose references multiply, at once', () => {
    const bomb = Array.from(
      { length: 30 },
      (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(9)}]`,
    );
    expect(problems(bomb.join('\n'))).not.toEqual([]);
  });

  it('refuses more steps than anybody could read', () => {
    const steps = Array.from({ length: 2_001 }, (_, at) => `  s${at}: { say: { en: a } }\n`).join(
      '',
    );
    const text = `flow: a\nversion: 1\ntitle: { en: a }\nlanguages: [en]\nstart: s0\nsteps:\n${steps}`;
    expect(problems(text)).toEqual(['f:7:3 2000 steps are the most.']);
  });
});

const WITH_PLACES = `flow: a
version: 1
title: { en: a }
languages: [en]
start: where
steps:
  where:
    ask: place
    text: { en: Where? }
    places: wards.yaml
    next: end
  end: { say: { en: Bye } }
`;

describe('a list of places beside the flow', () => {
  const load = (list: string | undefined) =>
    loadFlow(WITH_PLACES, {
      file: 'f',
      resolvePlaces: (name) => (name === 'wards.yaml' ? list : undefined),
    });

  it('is taken into the document, which then stands alone', () => {
    const loaded = load(
      'east: { en: East }\nnorth: { label: { en: North }, aliases: { en: [top] } }\n',
    );
    if (loaded.kind === 'refused') throw new Error('refused');
    expect(loaded.document.steps.where).toMatchObject({
      places: { east: { label: { en: 'East' } }, north: { aliases: { en: ['top'] } } },
    });
  });

  it('is missed by name', () => {
    expect(load(undefined).problems.map(formatProblem)).toEqual([
      'f:10:13 There is no list file "wards.yaml" beside this flow.',
    ]);
  });

  it('has its own problems at their own places', () => {
    expect(load('east: { en: East }\nNorth: { en: North }\n').problems.map(formatProblem)).toEqual([
      'wards.yaml:2:1 "North": An option is named by a short word: small letters, digits, _ and -, a letter first.',
    ]);
  });
});
