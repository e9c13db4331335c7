/** Which questions are put to everyone, and which a branch may lead past. */
import { expect, test } from 'vitest';
import { askedOfAll } from '../../src/results/asked-of-all.ts';
import { flowOf, question } from './flow-of.ts';

const branching = flowOf([
  question('consent', 'yes_no', { next: [{ go: 'care' }, { go: 'end' }] }),
  question('care', 'yes_no', { next: [{ go: 'home' }, { go: 'last' }] }),
  question('home', 'choose_one', { next: [{ go: 'last' }] }),
  question('last', 'yes_no', { next: [{ go: 'end' }] }),
]);

test('who is asked is everyone but where a branch leads past a question', () => {
  const all = ['care', 'home', 'last'].map((id) => askedOfAll(branching, id));
  expect(all).toEqual([true, false, true]);
});
