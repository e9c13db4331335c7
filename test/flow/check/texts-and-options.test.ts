/** What is said and offered: in every language, and never mistaken for a command. */
import { describe, expect, it } from 'vitest';
import { slip } from './slip.ts';

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

describe('reading age', () => {
  it('warns of a text that is too hard for the youngest', () => {
    const hard =
      'Notwithstanding considerable infrastructural deficiencies, which particular environmental improvements would you recommend prioritising immediately?';
    expect(slip('What would make the park better for you?', hard)).toEqual([
      '34:17 Warning: This reads as for grown-ups in "en"; it should suit 11. Use shorter sentences and everyday words.',
    ]);
  });
});
