/** What is tapped: taken as long as it stands beside the question of now, never later. */
import { describe, expect, test } from 'vitest';
import { consented } from '../support/consent-first.ts';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

describe('taps', () => {
  test('an option is taken; what is old or not there never is', () => {
    const t = talk(park, { channel: 'web' });
    t.say('go');
    const tap = (options: readonly string[], revision = t.revision(), step = 'first') =>
      t.send({ kind: 'choice', step, revision, options });
    for (const turn of [
      tap(['ramp'], 1),
      tap(['slide']),
      tap(['ramp'], t.revision(), 'better'),
      tap(['ramp', 'ramp']),
    ]) {
      expect(turn.facts[0]).toEqual({ kind: 'stale-tap' });
      expect(turn.say[0]?.lead).toMatch(/^That one is already behind us/);
      expect(turn.state.answers).toEqual({});
    }
    tap(['lights']);
    expect(t.state()).toMatchObject({ step: 'better', answers: { first: 'lights' } });
  });

  test('an old button beside a question moves nothing; STOP works from any', () => {
    const t = talk(park, { channel: 'web' });
    t.say('go');
    const target = { step: 'first', revision: t.revision() };
    t.say('lights');
    for (const command of ['skip', 'back', 'finish'] as const) {
      const turn = t.send({ kind: 'command', command, target });
      expect(turn.facts[0]).toEqual({ kind: 'stale-tap' });
      expect(turn.state).toMatchObject({ step: 'better', answers: { first: 'lights' } });
    }
    const now = { step: 'better', revision: t.revision() };
    expect(t.send({ kind: 'command', command: 'back', target: now }).state.step).toBe('first');
    expect(t.send({ kind: 'command', command: 'stop', target }).state.phase).toBe('ended');
  });

  test('what was written into the form of a question that has gone by answers no other', () => {
    const t = talk(park, { channel: 'web' });
    t.say('go');
    t.say('lights');
    const target = { step: 'better', revision: t.revision() };
    t.say('back');
    const turn = t.send({ kind: 'text', text: 'ramp', target });
    expect(turn.facts[0]).toEqual({ kind: 'stale-tap' });
    expect(turn.state).toMatchObject({ step: 'first', answers: {} });
    t.say('ramp');
    const late = t.send({ kind: 'text', text: 'benches, left open for an hour', target });
    expect(late.facts).toContainEqual({ kind: 'answered', step: 'better' });
    expect(talk(park).send({ kind: 'text', text: 'stop', target }).state.phase).toBe('ended');
  });

  test('too many and too few', () => {
    const t = talk(consented, { channel: 'web' });
    t.say('yes');
    t.say('yes');
    const many = t.send({
      kind: 'choice',
      step: 'why',
      revision: t.revision(),
      options: ['play', 'walk', 'meet'],
    });
    expect(many.facts).toEqual([{ kind: 'missed', step: 'why' }]);
    t.send({ kind: 'choice', step: 'why', revision: t.revision(), options: ['meet', 'play'] });
    expect(t.state().answers.why).toEqual(['meet', 'play']);
  });
});
