/**
 * Simulated young people: what each of them texts, one message after another. They type as people
 * do: numbers, words, slips, other languages; some skip, go back, or stop half way. The numbers are
 * those set aside for drama: nobody has them.
 */
export interface SimulatedPerson {
  readonly number: string;
  readonly texts: readonly string[];
}

export function simulatedPeople(count: number, below: (n: number) => number): SimulatedPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    number: `+447700900${String(index).padStart(3, '0')}`,
    texts: ['PARK', ...conversation(index, below)],
  }));
}

function conversation(index: number, below: (n: number) => number): readonly string[] {
  if (index % 24 === 7) return STOPPING[below(STOPPING.length)] ?? [];
  if (index % 12 === 5) return OTHER_LANGUAGES[below(OTHER_LANGUAGES.length)] ?? [];
  const started = pick(['go', 'GO', 'yes', 'ok', 'Go!'], below);
  const idea = below(4) === 0 ? pick(['skip', 'SKIP', 'pass'], below) : pick(IDEAS, below);
  return [started, ...pick(PICKS, below), idea];
}

function pick<T>(from: readonly T[], below: (n: number) => number): T {
  const one = from[below(from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** Most pick the ramp; some slip, mend it, or go back. */
const PICKS: readonly (readonly string[])[] = [
  ['1'],
  ['1'],
  ['1'],
  ['ramp'],
  ['skate ramp'],
  ['Skate ramp pls'],
  ['skate rmap'],
  ['the first one'],
  ['🛹'],
  ['2'],
  ['2'],
  ['lights'],
  ['path lites'],
  ['number two'],
  ['3'],
  ['goals'],
  ['footy'],
  ['lites ramp', '1'],
  ['dunno', '1'],
  ['2', 'back', '1'],
  ['skip'],
];

const IDEAS: readonly string[] = [
  'A bench in the shade',
  'somewhere dry to sit when it rains',
  'more bins, its always a mess',
  'A water fountain',
  'it gets really dark by the bridge',
  'toilets!!',
  'stop the motorbikes going through',
  'a basketball hoop',
  'Something for girls, not just football',
  'free wifi',
  'trees to climb',
  'swings that are not broken',
];

const STOPPING: readonly (readonly string[])[] = [
  ['go', 'STOP'],
  ['go', '1', 'pls stop texting me'],
  ['go', '2', 'stop'],
];

const OTHER_LANGUAGES: readonly (readonly string[])[] = [
  ['po polsku', 'dalej', 'rampa', 'więcej ławek'],
  ['go', 'po polsku', 'latarnie', 'pomiń'],
  ['easy', 'go', 'lights', 'skip'],
  ['easy', 'go', '1', 'more swings'],
  ['اردو', 'شروع', '2', 'چھوڑیں'],
];
