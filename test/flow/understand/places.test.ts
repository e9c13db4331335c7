/** A place by its name, in a list too long to number. */
import { expect, test } from 'vitest';
import { asked } from '../support/question.ts';

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
