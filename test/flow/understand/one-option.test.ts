import { describe, expect, test } from 'vitest';
import { asked } from '../support/question.ts';

const PARK = `
ask: choose_one
options:
  ramp: { label: { en: Skate ramp }, aliases: { en: ["🛹"] } }
  lights: { en: Path lights }
  goals: { en: Goals }
`;
const park = asked(PARK);

describe('an option by its number', () => {
  test.each([
    '2',
    '2.',
    '2)',
    '(2)',
    '#2',
    ' 2 ',
    '2!',
    '2nd',
    '2nd one',
    'the 2nd one',
    'second',
    'the second one',
    'number two',
    'Number 2',
    'two',
    'TWO',
    'two please',
    'two pls',
    'b',
    'B',
    'b)',
    'option 2',
    'option b',
    '²',
    '２',
    '②',
    '2️⃣',
    '٢',
    '۲',
    '२',
    'i pick 2',
    'I think 2',
    'answer 2',
    '2 thanks',
    'tow',
    'um 2',
    "I'd like 2 please",
  ])('%s is the second', (text) => {
    expect(park.means(text)).toBe('lights');
  });

  test.each(['3', 'last', 'the last one', 'last one', 'third', 'tree', 'c'])(
    '%s is the third',
    (text) => {
      expect(park.means(text)).toBe('goals');
    },
  );

  test.each(['0', '4', '7', '12', '13', '99', '4th', '12 please'])(
    '%s is not on the list',
    (text) => {
      expect(park.means(text)).toBe('out_of_range');
    },
  );
});

describe('an option by its name', () => {
  test.each([
    'Skate ramp',
    'skate ramp',
    'SKATE RAMP!!',
    'skateramp',
    'skate-ramp',
    'the skate ramp',
    'skate ramp please',
    '🛹',
    'skate',
    'ska',
    'ramp',
    'the ramp',
    'i want the skate ramp',
    'skate rmap',
    'skat ramp',
    'skate rampp',
    'scate ramp',
    'Skáte rämp',
    'I would like the ramp please',
    'ramp ramp',
  ])('%s is the ramp', (text) => {
    expect(park.means(text)).toBe('ramp');
  });

  test.each(['gaols', 'gols', 'goal', 'goalss', 'Goals.'])('%s is the goals', (text) => {
    expect(park.means(text)).toBe('goals');
  });
});

describe('what is asked about, never guessed', () => {
  test.each([
    ['1 or 2', ['?', 'ramp', 'lights']],
    ['1 2', ['?', 'ramp', 'lights']],
    ['lites ramp', ['?', 'ramp', 'lights']],
    ['ramp or goals', ['?', 'ramp', 'goals']],
    ['ramp and lights', ['?', 'ramp', 'lights']],
    ['more lights', ['?', 'lights']],
    ['maybe 2', ['?', 'lights']],
    ['lites', ['?', 'lights']],
    ['the lights because it gets dark', ['?', 'lights']],
  ])('%s', (text, meant) => {
    expect(park.means(text)).toEqual(meant);
  });
});

describe('what must not match', () => {
  test.each([
    'not the ramp',
    'not 2',
    'neither',
    'none',
    'nothing',
    'no',
    'yes',
    'idk',
    "don't want the ramp",
    'anything but goals',
    'i hate goals',
    '2 not 3',
    'everything except 2',
    'all of them',
    'both',
    '',
    '   ',
    '?',
    '...',
    'gym',
    'a swimming pool',
    'hats',
    'rap',
    'goat',
    'who cares',
    'x',
    'ok',
    'hi',
    'why',
    '👍',
    '12/05/2011',
    '07700 900123',
    'none of them',
    'unsure',
    'not sure',
    "I can't decide",
  ])('%s', (text) => {
    const meant = park.means(text);
    expect(['undefined', 'out_of_range'].includes(String(meant)), String(meant)).toBe(true);
  });

  test('a story that names everything', () => {
    expect(park.means('the ramp and the lights and the goals '.repeat(30))).not.toBe('ramp');
  });
});

describe('options that look like each other', () => {
  const agree = asked(`
ask: choose_one
options:
  yes: { en: Strongly agree }
  mid: { en: Agree }
  dis: { en: Disagree }
  no: { en: Strongly disagree }
  not: { en: Not sure }
`);
  test.each([
    ['agree', 'mid'],
    ['disagree', 'dis'],
    ['strongly agree', 'yes'],
    ['strongly agre', 'yes'],
    ['Strongly disagree', 'no'],
    ['not sure', 'not'],
  ])('%s is %s', (text, id) => expect(agree.means(text)).toBe(id));
  test.each(['not agree', 'dont agree', 'i do not strongly agree'])('%s is none', (text) => {
    expect(agree.means(text)).toBeUndefined();
  });
  test('a not in another place is asked about', () => {
    expect(agree.means('sure not')).toEqual(['?', 'not']);
  });
  test('strongly may be two', () => {
    expect(agree.means('strongly')).toEqual(['?', 'yes', 'no']);
  });

  const numbers = asked(`
ask: choose_one
options: { a: { en: "3" }, b: { en: "1" }, c: { en: "2" } }
`);
  test('a label that is another option’s number', () => {
    expect(numbers.means('1')).toEqual(['?', 'b', 'a'].sort());
  });

  const letters = asked(`
ask: choose_one
options: { s: { en: Swings }, m: { en: Maze }, b: { en: Basketball } }
`);
  test('a letter that begins another option', () => {
    expect(letters.means('b')).toEqual(['?', 'm', 'b']);
    expect(letters.means('ba')).toBe('b');
  });

  const ages = asked(`
ask: choose_one
options: { a: { en: 9 to 12 }, b: { en: 13-15 }, c: { en: "16 or 17" }, d: { en: Rather not say } }
`);
  test.each([
    ['14', 'b'],
    ['13', 'b'],
    ['13 to 15', 'b'],
    ['12', 'a'],
    ['17', 'c'],
    ['3', 'c'],
    ['rather not say', 'd'],
    ['rather not', 'd'],
  ])('an age, %s', (text, id) => expect(ages.means(text)).toBe(id));

  const none = asked(`
ask: choose_one
options: { a: { en: Nothing }, b: { en: Everything }, c: { en: No idea } }
`);
  test.each([
    ['nothing', 'a'],
    ['everything', 'b'],
    ['no idea', 'c'],
    ['no', undefined],
    ['not', undefined],
  ])('%s', (text, id) => expect(none.means(text)).toBe(id));
});

describe('in another of the flow’s languages', () => {
  const bilingual = asked(
    `
ask: choose_one
options:
  school: { en: School, pl: Szkoła, cy: Ysgol }
  shop: { en: Shop, pl: Sklep, cy: Siop }
  bike: { en: Five a side, pl: Rower, cy: Beic }
`,
    ['en', 'pl', 'cy'],
  );
  test.each([
    ['szkola', 'school'],
    ['Szkoła', 'school'],
    ['siop', 'shop'],
    ['dwa', 'shop'],
    ['trzecia', 'bike'],
    ['y cyntaf', 'school'],
    ['tri', 'bike'],
    ['sklepp', 'shop'],
  ])('%s is %s', (text, id) => expect(bilingual.means(text)).toBe(id));
  test('the person’s own language comes first', () => {
    const clash = asked(
      `
ask: choose_one
options: { a: { en: Most, pl: Duzo }, b: { en: Bridge, pl: Most } }
`,
      ['pl', 'en'],
    );
    expect(clash.means('most')).toBe('b');
  });

  const urdu = asked(
    `
ask: choose_one
options: { a: { ur: اسکیٹ ریمپ, en: Skate ramp }, b: { ur: راستے کی لائٹیں, en: Path lights } }
`,
    ['ur', 'en'],
  );
  test.each([
    ['۲', 'b'],
    ['دوسرا', 'b'],
    ['اسكيٹ ریمپ', 'a'],
    ['نمبر ایک', 'a'],
    ['path lights', 'b'],
    ['آخری', 'b'],
  ])('%s is %s', (text, id) => expect(urdu.means(text)).toBe(id));
});

describe('places', () => {
  const many = Array.from(
    { length: 40 },
    (_, at) => `  p${at}: { en: "Ward ${String.fromCharCode(65 + (at % 20))}${at}" }`,
  );
  const wards = asked(`
ask: place
places:
${many.join('\n')}
  mill: { en: Millbrook }
  east: { en: East Hill }
`);
  test.each([
    ['Millbrook', 'mill'],
    ['milbrook', 'mill'],
    ['east hill', 'east'],
    ['East', 'east'],
    ['1', undefined],
  ])('%s in a list too long to number', (text, id) => {
    const meant = wards.means(text);
    expect(meant === 'out_of_range' ? undefined : meant).toBe(id);
  });
});
