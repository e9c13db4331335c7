/** Replies that fit no answer: what is said back, and when a question is left. */
import { describe, expect, test } from 'vitest';
import { consented } from '../support/consent-first.ts';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

describe('what was not understood', () => {
  test('three texts: the question, not understood, not allowed', () => {
    const t = talk(consented);
    t.say('yes');
    t.say('yes');
    expect(t.say('dragons')[0]).toMatch(/^Sorry, I did not get that.*\nWhat for\?\n1 Play/s);
    expect(t.say('1')[0]).toMatch(/^Play: got it/);
    t.say('back');
    expect(t.say('1 2 3')[0]).toMatch(/^Good list! Please pick 2 at most/);
  });

  test('after two misses it leaves the question and goes on', () => {
    const t = talk(park);
    t.say('go');
    expect(t.say('blah')[0]).toContain('SKIP or BACK');
    expect(t.say('blah')[0]).toMatch(/^Let's leave that one\.\n2 of 2/);
    expect(t.facts().slice(1)).toEqual([
      { kind: 'missed', step: 'first' },
      { kind: 'missed', step: 'first' },
      { kind: 'skipped', step: 'first' },
    ]);
    t.say('back');
    expect(t.state()).toMatchObject({ step: 'first', misses: 0 });
  });

  test('a step’s own count, apology and way out', () => {
    const t = talk(consented);
    for (const text of ['yes', 'no', '4']) t.say(text);
    expect(t.say('old')[0]).toBe(
      'In years, please.\nHow old are you? Text a number. You can also text SKIP or BACK.',
    );
    expect(t.say('99')[0]).toMatch(/^Please pick a number from 9 to 25/);
    const end = t.say('dunno');
    expect(end[0]).toBe("Let's leave that one.\nWe leave it there.");
    expect(t.state().endedAt).toBe('lost');
    expect(t.answers()).toEqual({ use: false, safe: 4 });
  });

  test('yes settles one "did you mean", and a place never does where it could be another', () => {
    const t = talk(park);
    t.say('go');
    t.say('more goals');
    expect(t.say('yes')[0]).toMatch(/^Goals, got it/);
    const u = talk(flowFrom(PARK.replace('ask: choose_one', 'ask: choose_one\n    retries: 5')));
    u.say('go');
    u.say('lights or goals');
    expect(u.say('the second one')[0]).toMatch(/^Nearly! Did you mean 2 Path lights or 3 Goals/);
    expect(u.say('yes')[0]).toMatch(/^Nearly!/);
    expect(u.say('3')[0]).toMatch(/^Goals, got it/);
  });

  test('"13" is one and three only if they say so', () => {
    const t = talk(consented);
    for (const text of ['yes', 'yes']) t.say(text);
    expect(t.say('13')[0]).toBe('Nearly! Did you mean 1 Play and 3 Meet friends? Text 1 3.');
    expect(t.say('yes')[0]).toMatch(/^Play, Meet friends: got it/);
  });

  test('a suggestion counts only while a miss is open, and only if it is an option', () => {
    const t = talk(park);
    t.say('go');
    t.send({ kind: 'suggestion', option: 'goals' });
    expect(t.state().step).toBe('first');
    t.say('somewhere to kick a ball');
    t.send({ kind: 'suggestion', option: 'pitch' });
    expect(t.state().step).toBe('first');
    t.send({ kind: 'suggestion', option: 'goals' });
    expect(t.state()).toMatchObject({ step: 'better', answers: { first: 'goals' } });
  });
});
