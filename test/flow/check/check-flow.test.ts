import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';

function slip(from: string, to: string): readonly string[] {
  if (!GOOD_FLOW.includes(from)) throw new Error(`The good flow has no ${from}`);
  return problemsOf(GOOD_FLOW.replace(from, to));
}

const GOODBYE = '  goodbye:\n    say: { en: "Thank you.", cy: "Diolch." }\n    end: true\n';
const TWO = '{ en: "x", cy: "y" }';

describe('a flow without a mistake', () => {
  it('has no problem at all', () => {
    expect(problemsOf(GOOD_FLOW)).toEqual([]);
  });
});

describe('where steps go', () => {
  it.each<[string, string, ...string[]]>([
    [
      'next: goodbye',
      'next: goodbey',
      '36:11 Step "better" goes to "goodbey", which does not exist. Did you mean "goodbye"?',
    ],
    [
      'start: first',
      'start: frist',
      '19:8 The flow starts at "frist", which does not exist. Did you mean "first"?',
    ],
    [
      '    next: goodbye',
      '    on_failure: lost\n    next: goodbye',
      '36:17 Step "better" goes to "lost", which does not exist.',
    ],
    [
      '      - go: better\n',
      '',
      '29:9 Step "first" has nowhere to go when no condition holds. Add a last branch without "when".',
    ],
    [
      '      - when: has',
      '      - go: better\n      - when: has',
      '30:9 Warning: This branch is never taken: the one above it has no "when".',
    ],
    [
      GOODBYE,
      `${GOODBYE}  lost:\n    say: ${TWO}\n`,
      '40:3 No step leads to "lost": nobody will ever see it.',
    ],
    [
      '    end: true',
      '    next: again\n  again:\n    say: { en: "x", cy: "y" }\n    next: goodbye',
      '21:3 From "first" nobody can come to an end.',
      '32:3 From "better" nobody can come to an end.',
      '37:3 These steps lead round to each other for ever and ask nothing: goodbye, again.',
    ],
    [
      '    next: goodbye',
      '    next: first',
      '21:3 From "first" nobody can come to an end.',
      '32:3 From "better" nobody can come to an end.',
      '37:3 No step leads to "goodbye": nobody will ever see it.',
    ],
    [
      '    end: true',
      '    end: true\n    next: first',
      '40:5 Warning: Step "goodbye" ends, so its "next" is never followed.',
    ],
    [
      '    end: true',
      '    end: false',
      '39:10 Step "goodbye" neither ends nor says where to go on.',
    ],
  ])('%j written as %j', (from, to, ...problems) => {
    expect(slip(from, to)).toEqual(problems);
  });

  it('lets a question go on to the step below it', () => {
    expect(slip('    next: goodbye\n', '')).toEqual([]);
    const last = '  last:\n    ask: yes_no\n    text: { en: "Sure?", cy: "Siwr?" }\n';
    expect(problemsOf(GOOD_FLOW.replace(GOODBYE, last).replaceAll('goodbye', 'last'))).toEqual([
      '37:3 Step "last" does not say where to go on. Add "next".',
    ]);
  });

  it('lets questions be asked again in a circle', () => {
    expect(
      slip(
        'next: goodbye',
        'next: [ { when: "has(answers.better)", go: goodbye }, { go: first } ]',
      ),
    ).toEqual([]);
  });
});

describe('conditions', () => {
  const condition = 'has(answers.first) && answers.first == "lights"';
  it.each([
    [
      condition,
      'answers.frist == "lights"',
      '29:23 There is no question called "frist". Did you mean "first"?',
    ],
    [
      condition,
      'answers.first == "lights"',
      '29:15 "first" can be skipped. Write has(answers.first) && before this.',
    ],
    [
      condition,
      'has(answers.first) && answers.first == "light"',
      '29:54 Warning: "first" has no option called "light". Did you mean "lights"?',
    ],
    [
      condition,
      'has(answers.better)',
      '29:15 Warning: "better" has not been asked when "first" looks at its answer.',
    ],
    [
      condition,
      "'has(answers.frist)'",
      '29:28 There is no question called "frist". Did you mean "first"?',
    ],
    [
      condition,
      '"has(answers.first) && \\"x\\" in answers.first"',
      '29:15 "first" is one of its options: compare it with an option\'s name in quotes.',
    ],
    [
      condition,
      'answers.first',
      '29:15 A condition asks something that is true or false. Compare the answer with something: answers.first == ...',
    ],
  ])('%j written as %j', (from, to, problem) => {
    expect(slip(from, to)).toEqual([problem]);
  });

  it('need no has() where the question cannot be skipped', () => {
    const unguarded = GOOD_FLOW.replace(condition, 'answers.first == "lights"');
    expect(
      problemsOf(
        unguarded.replace(
          'ask: choose_one',
          'ask: choose_one\n    skippable: false\n    on_failure: goodbye',
        ),
      ),
    ).toEqual([]);
  });
});

describe('texts and options', () => {
  it.each<[string, string, ...string[]]>([
    [
      'cy: "Ramp sglefrio"',
      'en-easy: "Ramp"',
      '25:13 Option "ramp" has no label in "cy".',
      '25:33 Warning: "en-easy" is not one of the flow\'s languages, so this is never said.',
    ],
    [
      'text: { en: "What would make the park better for you?", cy',
      'text: { cy',
      '34:11 Step "better" has no text in "en".',
    ],
    ['say: { en: "Thank you."', 'say: { en: ""', '38:16 Step "goodbye" has an empty text in "en".'],
    [
      'decides: { en: "Cllr Green decides 14 Jan."',
      'decides: { en: "  "',
      '12:18 "decides" of the promise has an empty text in "en".',
    ],
    [
      '"Skate ramp"',
      '"Stop"',
      '25:19 "Stop" cannot name an option: whoever types it asks for STOP. Choose another word.',
    ],
    [
      '"Skate ramp"',
      '"Opt out"',
      '25:19 "Opt out" cannot name an option: whoever types it asks for STOP. Choose another word.',
    ],
    [
      '"Skate ramp"',
      '"Info"',
      '25:19 "Info" cannot name an option: whoever types it asks for HELP. Choose another word.',
    ],
    [
      '"Skate ramp"',
      '"Next!"',
      '25:19 "Next!" cannot name an option: whoever types it asks for SKIP. Choose another word.',
    ],
    [
      'cy: "Ramp sglefrio"',
      'cy: "Stopio"',
      '25:37 "Stopio" cannot name an option: whoever types it asks for STOP. Choose another word.',
    ],
    [
      '[lamps]',
      '[lamps, back]',
      '26:87 "back" cannot name an option: whoever types it asks for BACK. Choose another word.',
    ],
    [
      '"Skate ramp"',
      '"goals!"',
      '27:20 "Goals" and "goals!" read the same: nobody could tell "goals" from "ramp".',
    ],
    [
      '[lamps]',
      '["GOALS"]',
      '27:20 "Goals" and "GOALS" read the same: nobody could tell "goals" from "lights".',
    ],
    [
      '"Skate ramp"',
      '"3"',
      '25:19 Warning: "3" is also the number of another option. Write it in words.',
    ],
    ['"Skate ramp"', '"?!"', '25:19 "?!" cannot be typed: it has neither letters nor numbers.'],
    ['keyword: PARK', 'keyword: Help', '6:10 "HELP" is a command already. Choose another keyword.'],
  ])('%j written as %j', (from, to, ...problems) => {
    expect(slip(from, to)).toEqual(problems);
  });

  it.each(['Yes', 'OK', 'yeah', '£5', '😀', 'Stop the buses going so fast', 'More bins'])(
    '%s may be an answer',
    (label) => {
      expect(slip('"Skate ramp"', `"${label}"`).filter((one) => !one.includes('Warning'))).toEqual(
        [],
      );
    },
  );
});

describe('the promise', () => {
  it.each([
    ['asks', 'what is asked'],
    ['can_change', 'what can change'],
    ['cannot_change', 'what cannot change'],
    ['decides', 'who decides, and when'],
    ['level', 'how much say people have (level)'],
    ['feedback_by', 'the day by which people hear back (feedback_by)'],
  ])('cannot do without %s', (part, meaning) => {
    const without = GOOD_FLOW.replace(new RegExp(`  ${part}:.*\n`), '');
    expect(problemsOf(without)).toEqual([
      `8:1 The promise does not say ${meaning}: "${part}" is missing.`,
    ]);
  });

  it('is needed as a whole', () => {
    expect(problemsOf(GOOD_FLOW.replace(/promise:\n( {2}.*\n)+/, ''))[0]).toMatch(
      /^1:1 The promise is missing\. /,
    );
  });

  it.each([
    ['2027-01-28', '2027-02-30', '15:16 "2027-02-30" is not a day. Write it as 2027-01-28.'],
    [
      '2027-01-28',
      '28 January 2027',
      '15:16 "28 January 2027" is not a day. Write it as 2027-01-28.',
    ],
    [
      '2027-01-28',
      '2026-11-19',
      '15:16 2026-11-19 has gone by. Promise a day that is still to come.',
    ],
    ['2027-01-28', '2027-03-28', '15:16 Warning: People wait more than 12 weeks for an answer.'],
  ])('%s given as %s', (from, to, problem) => {
    expect(slip(from, to).filter((one) => one.startsWith('15:'))).toEqual([problem]);
  });

  it('should say how we will know that it worked', () => {
    expect(problemsOf(GOOD_FLOW.replace(/ {2}success:.*\n/, ''))).toEqual([
      '8:1 Warning: The promise does not say how we will know that it worked: "success" is missing.',
    ]);
  });
});

describe('consent and refusing', () => {
  const ask = (consent: string) =>
    GOOD_FLOW.replace(
      'start: first\nsteps:\n',
      `start: consent\nsteps:\n  consent:\n${consent}    text: ${TWO}\n    next: first\n`,
    );

  it('takes a consent that comes first', () => {
    expect(problemsOf(ask('    ask: yes_no\n'))).toEqual([]);
  });

  it.each<[string, string, ...string[]]>([
    [
      '    ask: yes_no\n',
      '    ask: text\n',
      '21:3 "consent" must be a yes_no question. Give this step another name.',
    ],
    [
      '    ask: yes_no\n',
      '    ask: yes_no\n    skippable: true\n',
      '23:16 A consent cannot be skipped. Take this line away.',
    ],
    [
      'start: consent',
      'start: first',
      '19:8 The step "consent" must come first: write start: consent.',
      '21:3 No step leads to "consent": nobody will ever see it.',
    ],
  ])('%j written as %j', (from, to, ...problems) => {
    expect(problemsOf(ask('    ask: yes_no\n').replace(from, to))).toEqual(problems);
  });

  it('warns where nobody can refuse', () => {
    expect(slip('max_length: 300', 'skippable: false')).toEqual([
      '35:16 Warning: "better" cannot be skipped. Let people skip it, or say with "on_failure" where to go when they do not answer.',
    ]);
  });
});

describe('settings', () => {
  it.each([
    ['ages: [11, 18]', 'ages: [18, 11]', '7:7 Write the youngest age first.'],
    [
      'expires_after: 5d',
      'expires_after: 9d',
      '17:16 Warning: Nothing is kept longer than 7 days without an answer: it will expire then.',
    ],
    [
      '[48h]',
      '[6d]',
      '18:13 Warning: This reminder would come after the conversation has expired.',
    ],
    [
      'start: first',
      'about_you: [area]\nstart: first',
      '19:13 Warning: To ask for the area, list the areas to choose from under "areas".',
    ],
    ['languages: [en, cy]', 'languages: [en, cy, en]', '4:21 "en" stands here twice.'],
    [
      '    ask: text\n',
      '    ask: number\n    bounds: { min: 9, max: 3 }\n',
      '34:13 Write the smaller number as min.',
    ],
  ])('%j written as %j', (from, to, problem) => {
    expect(slip(from, to).filter((one) => !one.includes('max_length'))).toContain(problem);
  });

  it('warns of a language that the program does not speak', () => {
    const vietnamese = GOOD_FLOW.replaceAll('cy:', 'vi:').replace('[en, cy]', '[en, vi]');
    expect(problemsOf(vietnamese)).toContain(
      '4:17 Warning: The program\'s own sentences are not written in "vi": people read those in English.',
    );
  });
});

describe('what a flow costs by text message', () => {
  it('warns of a first message over one part', () => {
    expect(
      slip(
        'help pick what we build first.',
        'help us pick what we should build there first of all.',
      ),
    ).toEqual([
      '9:15 Warning: The first message takes 2 SMS parts in "en" (183 characters, 153 a part). Make asks, cannot_change and decides shorter.',
    ]);
  });

  it('warns of more than three parts, and names the characters that make it dear', () => {
    const long = 'Diolch! '.repeat(60);
    expect(slip('cy: "Diolch."', `cy: "${long}"`)).toEqual([
      expect.stringMatching(
        /^38:34 Warning: "goodbye" takes 4 SMS parts in "cy" \(479 characters, 153 a part\)\. 3 is the most it should\.$/,
      ),
    ]);
    expect(slip('cy: "Diolch."', `cy: "ŵ${'Diolch! '.repeat(26)}"`)).toEqual([
      expect.stringMatching(
        /^38:34 .* 4 SMS parts in "cy" .* These characters halve the room: ŵ\. 3 is/,
      ),
    ]);
  });

  it('shows what a word processor put in', () => {
    expect(slip('What would make the park better', 'What’s it – “better” –')).toEqual([
      expect.stringContaining(
        '34:17 Warning: "better" takes 2 SMS parts in "en" and would take 1: write \' for ’, - for –',
      ),
    ]);
  });

  it('warns of more than six questions and more than ten texts', () => {
    const more = (count: number) =>
      GOOD_FLOW.replace(
        GOODBYE,
        Array.from(
          { length: count },
          (_, at) => `  q${at}:\n    ask: text\n    text: ${TWO}\n`,
        ).join('') + GOODBYE,
      ).replace('next: goodbye', 'next: q0');
    expect(problemsOf(more(4))).toEqual([]);
    expect(problemsOf(more(5))).toEqual([
      '21:3 Warning: By SMS this asks up to 7 questions. 6 is the most that people answer gladly.',
    ]);
    expect(problemsOf(more(6))).toContain(
      '21:3 Warning: By SMS this sends up to 11 texts to each person. 10 is the most it should.',
    );
  });
});

describe('reading age', () => {
  it('warns of a text that is too hard for the youngest', () => {
    const hard =
      'Notwithstanding considerable infrastructural deficiencies, which particular environmental improvements would you recommend prioritising immediately?';
    expect(slip('What would make the park better for you?', hard)).toEqual([
      '34:17 Warning: This reads as for grown-ups in "en"; it should suit 11. Use shorter sentences and everyday words.',
    ]);
  });
});

describe("the document's own tests", () => {
  it('should be there', () => {
    expect(problemsOf(GOOD_FLOW.slice(0, GOOD_FLOW.indexOf('tests:')))).toEqual([
      '1:1 Warning: There are no tests. Write down what a person may say, and where it should end.',
    ]);
  });

  it.each([
    [
      'answers.first:',
      'answers.frist:',
      '41:74 There is no question called "frist". Did you mean "first"?',
    ],
    [
      'ended_at: goodbye',
      'ended_at: goodby',
      '41:105 There is no step called "goodby". Did you mean "goodbye"?',
    ],
    ['channel: sms', 'language: ur', '41:29 The flow has no language "ur".'],
  ])('%j written as %j', (from, to, problem) => {
    expect(slip(from, to)).toEqual([problem]);
  });
});

describe('several mistakes at once', () => {
  it('are all shown, whatever kind they are', () => {
    const text = GOOD_FLOW.replace('max_length', 'max_lenght')
      .replace('ages: [11, 18]', 'ages: eleven')
      .replace('next: goodbye', 'next: goodbey')
      .replace('cy: "Ramp sglefrio"', 'cy: "Stop"');
    expect(problemsOf(text)).toEqual([
      '7:7 Write the youngest and the oldest age, such as [11, 18].',
      '25:37 "Stop" cannot name an option: whoever types it asks for STOP. Choose another word.',
      '35:5 There is no setting called "max_lenght" here. Did you mean "max_length"?',
      '36:11 Step "better" goes to "goodbey", which does not exist. Did you mean "goodbye"?',
    ]);
  });
});
