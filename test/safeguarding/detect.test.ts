import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from '../../src/safeguarding/detect.ts';
import { type LabelledSet, labelled } from './labelled.ts';
import { shippedAnswers } from './shipped-words.ts';

interface Measured {
  readonly recall: number;
  readonly redAsRed: number;
  readonly falseAlarms: number;
}

function measure(name: string, { disclosures, ordinary }: LabelledSet): Measured {
  const found = disclosures.map(({ text }) => detect(text));
  const reds = disclosures.filter(({ level }) => level === 'red').length;
  const redAsRed = disclosures.filter(
    ({ level }, at) => level === 'red' && found[at]?.level === 'red',
  ).length;
  const alarms = ordinary.filter((text) => detect(text) !== undefined).length;
  const hits = found.filter((one) => one !== undefined).length;
  process.stdout.write(
    `${name}: ${hits} of ${disclosures.length} disclosures found, ${redAsRed} of ${reds} red ones as red, ` +
      `${alarms} of ${ordinary.length} ordinary answers taken for one\n`,
  );
  return {
    recall: hits / disclosures.length,
    redAsRed: redAsRed / reds,
    falseAlarms: alarms / ordinary.length,
  };
}

test('the labelled messages are many, in several languages, and none comes twice', () => {
  const sets = Object.values(labelled);
  const disclosures = sets.flatMap((set) => set.disclosures.map(({ text }) => text));
  const ordinary = sets.flatMap((set) => set.ordinary);
  expect(disclosures.length).toBeGreaterThanOrEqual(250);
  expect(ordinary.length).toBeGreaterThanOrEqual(400);
  expect(new Set([...disclosures, ...ordinary]).size).toBe(disclosures.length + ordinary.length);
  // A third of the first set was held out.
  expect(labelled.held_out.disclosures.length).toBeGreaterThanOrEqual(124);
});

test('messages that the rules were written with are found', () => {
  const { recall, redAsRed, falseAlarms } = measure('tuned', labelled.tuned);
  expect(recall).toBeGreaterThanOrEqual(0.98);
  expect(redAsRed).toBeGreaterThanOrEqual(0.88);
  expect(falseAlarms).toBeLessThanOrEqual(0.01);
});

test('messages of the same kind that no rule was tuned on are found', () => {
  const { recall, redAsRed, falseAlarms } = measure('held out', labelled.held_out);
  expect(recall).toBeGreaterThanOrEqual(0.95);
  expect(redAsRed).toBeGreaterThanOrEqual(0.9);
  expect(falseAlarms).toBeLessThanOrEqual(0.03);
});

test('of messages in words that no rule names, most are found and some are missed', () => {
  const { recall, falseAlarms } = measure('written later', labelled.written_later);
  expect(recall).toBeGreaterThanOrEqual(0.75);
  expect(falseAlarms).toBeLessThanOrEqual(0.04);
});

test.each([
  ['HELP', undefined],
  ['help me', undefined],
  ['Help!!', undefined],
  ['stop', undefined],
  ['help me please', 'amber'],
  ['please help me', 'amber'],
  ['stop my brother hurting me', 'red'],
  ['stop him touching me', 'red'],
  ["i'm scared to go home", 'amber'],
  ['my key worker hits us', 'amber'],
  ['my friend cuts herself', 'amber'],
] as const)('"%s" is %s', (text, level) => {
  expect(detect(text)?.level).toBe(level);
});

/** What hurts is not said: it may be the texts, and it may be what happens at home. */
test.each([
  'I need it to stop',
  'I want it to stop',
  'I want it all to stop',
  'i want this to stop',
  'i just want this to stop',
  'will it ever stop',
  'when will it stop',
  'can it stop',
  'can it stop please',
  'make it stop',
  'please make it stop',
  'i wish it would stop',
  'i want the pain to stop',
  'i need the voices to go away',
  'make the voices stop',
])('"%s" is a cry for help', (text) => {
  expect(detect(text)).toEqual({ level: 'amber', kind: 'cry-for-help' });
});

test.each([
  'i want the bus to stop here',
  'i want it to stop outside my school',
  'i need it to stop raining',
  'will it stop at the school',
  'i want the bullying to stop',
  'stop it',
  'stop this',
  "I'm not going to kill myself over a skate ramp",
  'dying of laughter',
  'kill for a pizza',
  'this homework is killing me',
  'they should stop the buses',
  'more mental health support in schools',
  'knife crime is a problem',
  'stop bullying',
  'my sister beats me at chess',
])('"%s" is no disclosure', (text) => {
  expect(detect(text)).toBeUndefined();
});

test('no command, no yes or no, and nothing that the shipped flows say is taken for harm', () => {
  expect(shippedAnswers.length).toBeGreaterThan(500);
  const taken = shippedAnswers.filter((text) => detect(text) !== undefined);
  expect(taken, 'learn their words: npm run safeguarding:learn').toEqual([]);
});

test('a figure of speech excuses only itself', () => {
  expect(detect('my sister beats me at chess. my dad beats me with a belt')).toMatchObject({
    kind: 'physical-abuse',
  });
  expect(detect('this homework is killing me and i want to die')?.level).toBe('red');
});

test('saying no to it lowers a life at risk to amber and no further', () => {
  expect(detect('i want to kill myself')?.level).toBe('red');
  expect(detect("i don't want to kill myself")?.level).toBe('amber');
  expect(detect("i don't want to live")?.level).toBe('red');
});

test('of several things, the gravest is told', () => {
  expect(detect('i get bullied and i want to kill myself')).toEqual({
    level: 'red',
    kind: 'suicide',
  });
});

test('only the languages asked for are looked at', () => {
  expect(detect('chcę się zabić')?.kind).toBe('suicide');
  expect(detect('chcę się zabić', { languages: ['pl'] })?.kind).toBe('suicide');
  expect(detect('chcę się zabić', { languages: ['cy'] })?.kind).not.toBe('suicide');
});

const plain = [
  'i want to kill myself',
  'my dad hits me',
  'i was raped',
  'my friend self harms',
  'i am scared to go home',
];

/** Ways to write the same thing that must not hide it. */
const disguises: Readonly<Record<string, (text: string) => string>> = {
  capitals: (text) => text.toUpperCase(),
  'full-width letters': (text) => shifted(text, 0xff01 - 0x21),
  'bold letters': (text) => mathematical(text),
  'accents on letters': (text) => text.replace(/[aeiou]/g, '$&\u0301'),
  'zero-width spaces inside words': (text) => text.replace(/(\w)(\w)/g, '$1\u200b$2'),
  'soft hyphens': (text) => text.replace(/(\w)(\w)/g, '$1\u00ad$2'),
  'text turned by bidi marks': (text) => `\u202e${text}\u202c`,
  'Cyrillic look-alikes': (text) =>
    text.replace(/[aeopcxy]/g, (letter) => CYRILLIC[letter] ?? letter),
  'letters held down': (text) => text.replace(/([aeiou])(?=[a-z])/g, '$1$1$1'),
  'many spaces': (text) => text.replaceAll(' ', '   '),
  'line ends and exclamation marks': (text) => `\n${text}!!!\n`,
  'an emoji at each end': (text) => `😭${text}💔`,
};
const CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  y: 'у',
};

function shifted(text: string, by: number): string {
  return text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + by));
}

function mathematical(text: string): string {
  return text.replace(/[a-z]/g, (letter) =>
    String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97),
  );
}

test.each(Object.entries(disguises))('it is found in spite of %s', (_, disguise) => {
  for (const text of plain) expect(detect(disguise(text))?.kind, text).toBe(detect(text)?.kind);
});

test.each([
  'k i l l m y s e l f',
  'k.i.l.l m.y.s.e.l.f',
  'i want to k1ll mys3lf',
  'i want to k!ll myself',
  'su*cide is on my mind and i want su*cide',
  'he r*ped me',
  'iwanttodie',
  'i want to die🔪',
  'kil my self',
  'i am sucidal',
  'im getting buliled every day',
])('it is found when it is hidden or misspelt: %s', (text) => {
  expect(detect(text)).toBeDefined();
});

test('it is found anywhere in a long message', () => {
  const filler = 'the bus is late and the park needs more lights and goals. '.repeat(12);
  for (const text of plain) {
    expect(detect(filler + text)?.kind).toBe(detect(text)?.kind);
    expect(detect(`${text}. ${filler}`)?.kind).toBe(detect(text)?.kind);
  }
});

test('what only sounds like harm can still be found in a long message', () => {
  const filler = 'the bus is late and the park needs more lights and goals '.repeat(12);
  const unclear = labelled.tuned.disclosures
    .map((one) => one.text)
    .filter((one) => detect(one)?.kind === 'unclear' && one.split(' ').length >= 8);
  const found = unclear.filter((one) => detect(`${filler}${one} ${filler}`) !== undefined);
  expect(unclear.length).toBeGreaterThan(15);
  expect(found.length / unclear.length).toBeGreaterThan(0.25);
  expect(detect(filler)).toBeUndefined();
});

test('long answers about many ordinary things are seldom taken for harm', () => {
  const ordinary = Object.values(labelled).flatMap((set) => set.ordinary);
  const long = Array.from({ length: Math.floor(ordinary.length / 8) }, (_, at) =>
    ordinary.slice(at * 8, at * 8 + 8).join('. '),
  );
  const alarms = long.filter((text) => detect(text) !== undefined).length;
  process.stdout.write(`long: ${alarms} of ${long.length} long ordinary answers taken for one\n`);
  expect(alarms / long.length).toBeLessThanOrEqual(0.06);
});

test('no text makes it throw, and the same text always gives the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(detect(text)).toEqual(detect(text));
    }),
    { seed: 8, numRuns: 500 },
  );
});

test('more words around it never hide what stands in a sentence of its own', () => {
  const harmlessWords = fc.array(fc.constantFrom('the', 'park', 'bus', '2', 'lights', 'ok', '.'), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(harmlessWords, fc.constantFrom(...plain), harmlessWords, (before, text, after) => {
      const message = `${before.join(' ')}. ${text}. ${after.join(' ')}`;
      expect(detect(message)?.kind).toBe(detect(text)?.kind);
    }),
    { seed: 8, numRuns: 200 },
  );
});

test('texts made to be slow are answered', () => {
  for (const piece of [
    'my ',
    'i ',
    'my dad and ',
    'a',
    'kill',
    'k*',
    '1',
    '{',
    '((',
    'ع',
    '🔪 ',
    '. ',
  ]) {
    detect(piece.repeat(20_000));
  }
});

test('numbers, options and commands are never taken for more than they are', () => {
  const short = fc.constantFrom(
    ...'1 2 3 10 a b yes no y n ok go start stop skip back again easy finish delete check me more help info'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(short, { minLength: 1, maxLength: 2 }), (words) => {
      expect(detect(words.join(' '))).toBeUndefined();
    }),
    { seed: 8, numRuns: 600 },
  );
});
