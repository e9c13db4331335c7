/** How a conversation begins: going on, saying no, consent asked first. */
import { describe, expect, test } from 'vitest';
import { consented } from '../support/consent-first.ts';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

describe('joining', () => {
  test.each(['GO', 'go', 'yes', 'ok', 'yeah', 'ready', 'tak'])('%s begins', (word) => {
    const t = talk(park);
    t.say(word);
    expect(t.facts()).toEqual([{ kind: 'joined' }]);
    expect(t.state().step).toBe('first');
  });

  test('a tap on GO begins, and an old one only says the introduction again', () => {
    const t = talk(park, { channel: 'web' });
    t.send({ kind: 'choice', step: 'introduction', revision: t.revision() - 1, options: ['go'] });
    expect(t.state().phase).toBe('introduced');
    t.send({ kind: 'choice', step: 'introduction', revision: t.revision(), options: ['go'] });
    expect(t.state().step).toBe('first');
  });

  test('no takes nobody in, and keeps nothing', () => {
    const t = talk(park);
    t.say('no thanks');
    expect(t.facts()).toEqual([{ kind: 'declined' }]);
  });

  test('anything else asks for GO again, and a machine that answers for ever gets no reply', () => {
    const t = talk(park);
    expect(t.say('whatever')[0]).toMatch(/^Sorry.*GO to start/s);
    for (let at = 0; at < 10; at++) t.say('auto reply');
    expect(t.say('auto reply')).toEqual([]);
    expect(t.say('go')[0]).toMatch(/What should we build first/);
  });

  test('a flow that asks for consent asks in the same reply, three messages at most', () => {
    const t = talk(consented);
    expect(t.introduction).toHaveLength(3);
    expect(t.introduction[2]).toBe('May we keep your answers? Text YES or NO.');
    expect(t.introduction.join()).not.toContain('GO');
    expect(t.say('yes')[0]).toMatch(/^1 of \d\. Do you use the park\?/);
    expect(t.facts()[0]).toEqual({ kind: 'joined' });
  });

  test('consent refused ends it and keeps nothing; so does a consent never understood', () => {
    const no = talk(consented);
    expect(no.say('no')).toHaveLength(1);
    expect(no.facts()).toEqual([{ kind: 'declined' }]);
    expect(no.state()).toMatchObject({ phase: 'ended', endedAt: 'bye', answers: {} });
    const unsure = talk(consented);
    unsure.say('maybe');
    unsure.say('perhaps');
    expect(unsure.facts().at(-1)).toEqual({ kind: 'declined' });
    expect(talk(consented).say('skip')[0]).toMatch(/^We need an answer/);
  });
});
