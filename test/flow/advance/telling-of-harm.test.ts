/** Somebody tells of harm: people who help are named, and nothing after it is an answer. */
import { describe, expect, test } from 'vitest';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

const DISCLOSED = {
  kind: 'disclosed',
  answer: 'full',
  given: { day: '2026-11-02', times: 1, worst: 'amber' },
} as const;

describe('telling of harm', () => {
  test('people who help, then GO carries on where it was', () => {
    const t = talk(park);
    t.say('go');
    const turn = t.send(DISCLOSED);
    expect(turn.say.map((prompt) => prompt.text)).toEqual([
      "Thank you for telling us. You've done nothing wrong. We can't help by text. In danger now? Call 999. To talk, free, any time: Childline 0800 1111.",
      "Our safety lead will be told and may contact you. Text GO to carry on, or leave it here. Clear these texts if that's safer.",
    ]);
    expect(turn.facts).toEqual([]);
    expect(t.state()).toMatchObject({ paused: true, step: 'first' });
    expect(t.say('GO')[0]).toMatch(/^1 of 2\. What should/);
    expect(t.state().paused).toBeFalsy();
  });

  test('what is said next is not taken for an answer', () => {
    const t = talk(park);
    t.say('go');
    t.say('1');
    t.send(DISCLOSED);
    expect(t.say('thank you')[0]).toMatch(/What would make the park better/);
    expect(t.state().answers).toEqual({ first: 'ramp' });
  });

  test('keeps the helplines when it is brief, and remembers how often it was said', () => {
    const t = talk(park);
    const turn = t.send({ ...DISCLOSED, answer: 'brief' });
    expect(turn.say).toHaveLength(1);
    expect(turn.say[0]?.text).toContain('0800 1111');
    expect(t.state().signposts).toEqual(DISCLOSED.given);
  });

  test('no lead is mentioned where there is none', () => {
    const t = talk(flowFrom(PARK, { hasSafeguardingLead: false }));
    expect(t.introduction.join()).not.toMatch(/safety lead/);
    const said = t.send(DISCLOSED).say.map((prompt) => prompt.text);
    expect(said.join()).not.toMatch(/lead|will be told/);
  });
});
