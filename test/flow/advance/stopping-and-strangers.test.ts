/** What is said instead of an answer, in the middle of a question that would keep any words. */
import { expect, test } from 'vitest';
import { flowFrom, PARK } from '../support/park.ts';
import { stops } from '../support/stops.ts';
import { talk } from '../support/talk.ts';

const flow = flowFrom(PARK);

function inTheTextQuestion() {
  const park = talk(flow);
  park.say('go');
  park.say('1');
  expect(park.state().step).toBe('better');
  return park;
}

test('no STOP is kept as an answer, however it is put', () => {
  for (const text of stops) {
    const park = inTheTextQuestion();
    park.say(text);
    expect([text, park.state().phase, park.state().endedAt]).toEqual([text, 'ended', 'stopped']);
    expect(JSON.stringify(park.state().answers)).not.toContain(text);
  }
});

test('STOP with the word that began it is a STOP, with any other word an answer', () => {
  const park = inTheTextQuestion();
  park.say('STOP PARK');
  expect(park.state().endedAt).toBe('stopped');
  const another = inTheTextQuestion();
  another.say('stop cars');
  expect(another.answers()).toMatchObject({ better: 'stop cars' });
});

test('"not my phone" is an answer while a question waits, and a wrong number before', () => {
  const before = talk(flow);
  before.send({ kind: 'text', text: 'not my phone' });
  expect(before.last().facts).toEqual([{ kind: 'asked', command: 'wrong-number' }]);
  const park = inTheTextQuestion();
  park.say('not my phone');
  expect(park.answers()).toMatchObject({ better: 'not my phone' });
});
