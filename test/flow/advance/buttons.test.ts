/** What a page or an app is given to show: all that can be tapped beside all that can be typed. */
import { describe, expect, test } from 'vitest';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

describe('where there are buttons', () => {
  test('every prompt carries what can be tapped, and what can be typed', () => {
    const t = talk(park, { channel: 'web' });
    expect(t.last().say[0]?.text).toMatch(/We'll publish why by 28 Jan\.$/);
    expect(t.last().say[1]).toMatchObject({
      input: { kind: 'one', options: [{ id: 'go', label: 'Go' }], layout: 'row' },
      keys: [{ command: 'stop' }, { command: 'more' }],
      target: { step: 'introduction', revision: 1 },
    });
    t.send({ kind: 'command', command: 'go' });
    expect(t.last().say).toEqual([
      expect.objectContaining({
        text: '1 of 2. What should we build first?',
        hint: 'Text 1, 2 or 3. You can also text SKIP or BACK.',
        input: {
          kind: 'one',
          layout: 'list',
          options: [
            { id: 'ramp', label: 'Skate ramp' },
            { id: 'lights', label: 'Path lights' },
            { id: 'goals', label: 'Goals' },
          ],
        },
        keys: [
          { command: 'skip', label: 'Skip' },
          { command: 'easy', label: 'Easy words' },
          { command: 'help', label: 'Help' },
        ],
        target: { step: 'first', revision: 2 },
      }),
    ]);
    t.say('lights or goals');
    expect(t.last().say[0]).toMatchObject({
      text: 'Nearly! Did you mean Path lights or Goals?',
      input: { kind: 'one', options: [{ id: 'lights' }, { id: 'goals' }], layout: 'row' },
    });
    t.send({ kind: 'choice', step: 'first', revision: t.revision(), options: ['goals'] });
    expect(t.last().say[0]).toMatchObject({
      lead: 'Goals, got it.',
      leadHint: '(Not right? Text BACK.)',
      input: { kind: 'text', maxLength: 600 },
      keys: [{ command: 'skip' }, { command: 'back' }, { command: 'easy' }, { command: 'help' }],
    });
  });

  test('HELP and MORE say the question again, so that its buttons work', () => {
    const t = talk(park, { channel: 'web' });
    t.say('go');
    for (const text of ['help', 'more']) {
      t.say(text);
      expect(t.last().say).toHaveLength(2);
      expect(t.last().say[1]?.target).toEqual({ step: 'first', revision: t.revision() });
    }
    expect(t.last().say[0]?.text).toMatch(/cut the link/);
  });

  test('at the end, the page where the answer will stand', () => {
    const t = talk(park, { channel: 'web' });
    for (const text of ['go', '2', 'skip']) t.say(text);
    expect(t.last().say.at(-1)?.text).toContain('https://bury.example/said-and-done');
  });
});
