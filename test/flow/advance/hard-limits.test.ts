/** What bounds every conversation, and that nothing is said after its end. */
import { describe, expect, test } from 'vitest';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

describe('hard limits', () => {
  test('five hundred turns end it kindly and lose nothing', () => {
    const t = talk(park);
    t.say('go');
    t.say('2');
    for (let at = 0; at < 500 && t.state().phase === 'asking'; at++) t.say('again');
    expect(t.facts().slice(-2)).toEqual([
      { kind: 'limit-reached', limit: 'turns' },
      { kind: 'finished', answers: { first: 'lights' }, partial: true },
    ]);
    expect(t.state()).toMatchObject({ phase: 'ended', turns: 501 });
  });

  test('a circle of statements ends kindly', () => {
    const circle = {
      ...park,
      steps: new Map(park.steps).set('goodbye', {
        type: 'statement' as const,
        id: 'goodbye',
        say: { en: 'Round we go' },
        end: false,
        next: [{ go: 'goodbye' }],
      }),
    };
    const t = talk(circle);
    for (const text of ['go', '1', 'x']) t.say(text);
    expect(t.facts().slice(-2)).toEqual([
      { kind: 'limit-reached', limit: 'steps' },
      { kind: 'finished', answers: { first: 'ramp', better: 'x' }, partial: true },
    ]);
  });

  test('nothing is said after the end, and what only the outside can answer still gets there', () => {
    const t = talk(park);
    t.say('stop');
    const ended = t.state();
    expect(t.say('hello')).toEqual([]);
    expect(t.say('check')).toEqual([]);
    expect(t.last().facts).toEqual([{ kind: 'asked', command: 'check' }]);
    expect(t.state()).toEqual(ended);
  });
});
