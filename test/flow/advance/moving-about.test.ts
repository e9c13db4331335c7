/** Back, on, to the end, into another language; what only the outside can answer. */
import { describe, expect, test } from 'vitest';
import { consented } from '../support/consent-first.ts';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

describe('moving about', () => {
  test('BACK asks afresh, and the way is found anew', () => {
    const t = talk(consented);
    for (const text of ['yes', 'yes', '1 2', '4']) t.say(text);
    expect(t.state().path).toEqual(['use', 'why', 'safe']);
    for (let at = 0; at < 3; at++) t.say('back');
    expect(t.state()).toMatchObject({ step: 'use', path: [] });
    expect(t.say('back')[0]).toMatch(/^This is the first question\./);
    for (const text of ['no', '5', '15', 'skip', 'skip']) t.say(text);
    expect(t.answers()).toEqual({ use: false, safe: 5, age: 15 });
  });

  test('questions about the person come last, before the last words', () => {
    const t = talk(consented);
    for (const text of ['yes', 'no', '4']) t.say(text);
    const first = t.say('15');
    expect(first).toHaveLength(1);
    expect(first[0]).toMatch(/^15, got it/);
    expect(t.state()).toMatchObject({ step: 'age_band', ending: 'bye' });
    t.say('back');
    expect(t.state()).toMatchObject({ step: 'age' });
    expect(t.state().ending).toBeUndefined();
    t.say('16');
    t.say('14');
    const end = t.say('skip');
    expect(end[0]).toBe('Skipped.\nBye for now.');
    expect(end).toHaveLength(2);
    expect(t.answers()).toEqual({ use: false, safe: 4, age: 16, age_band: 'age_13_15' });
  });

  test('a statement on the way is a message of its own', () => {
    const t = talk(consented);
    for (const text of ['yes', 'no']) t.say(text);
    expect(t.say('very safe')).toEqual([
      '5, got it. (Not right? Text BACK.)\nNearly there.',
      '3 of 5. How old are you? Text a number. Or SKIP.',
    ]);
  });

  test('FINISH keeps what was answered, and nothing where nothing was', () => {
    const t = talk(consented);
    for (const text of ['yes', 'no', 'finish']) t.say(text);
    expect(t.facts().at(-1)).toEqual({ kind: 'finished', answers: { use: false }, partial: true });
    const none = talk(park);
    none.say('go');
    none.say('finish');
    expect(none.facts().at(-1)).toEqual({ kind: 'declined' });
    expect(none.answers()).toBeUndefined();
  });

  test('languages and easy words', () => {
    const t = talk(park);
    t.say('go');
    expect(t.say('po polsku')[0]).toMatch(/^OK, po polsku\.\n1 z 2\. Co budujemy/);
    expect(t.facts().at(-1)).toEqual({ kind: 'language', language: 'pl' });
    expect(t.say('cymraeg')[0]).toContain('English, Easy words, Polski');
    t.say('english');
    expect(t.say('easy')[0]).toMatch(/What should we build\?/);
    expect(t.state().language).toBe('en-easy');
    const before = talk(park);
    expect(before.say('polski')).toHaveLength(2);
    expect(before.state()).toMatchObject({ phase: 'introduced', language: 'pl' });
  });

  test('what only the outside can answer leaves as a fact and moves nothing', () => {
    const t = talk(park);
    t.say('go');
    const before = t.state();
    for (const [text, command] of [
      ['check', 'check'],
      ['DELETE', 'delete'],
      ['start', 'start'],
      ['wrong number', 'wrong-number'],
      ['who is this', 'who-is-this'],
    ]) {
      expect(t.say(text ?? '')).toEqual([]);
      expect(t.last().facts).toEqual([{ kind: 'asked', command }]);
      expect(t.state()).toEqual(before);
    }
  });

  test('ME is a command only where the flow offers it', () => {
    const t = talk(park);
    for (const text of ['go', '1', 'me']) t.say(text);
    expect(t.answers()).toEqual({ first: 'ramp', better: 'me' });
    const tapped = talk(park, { channel: 'web' });
    tapped.send({ kind: 'command', command: 'me' });
    expect(tapped.last().facts).toEqual([]);
    expect(tapped.last().say[0]?.text).toMatch(/^Sorry, we can't ask someone to contact you/);
    const optIn = talk(
      flowFrom(PARK.replace('reminders:', 'privacy: { safeguarding: opt_in }\nreminders:')),
    );
    expect(optIn.introduction[1]).toContain('Text ME');
    for (const text of ['go', '1', 'me']) optIn.say(text);
    expect(optIn.last().facts).toEqual([{ kind: 'asked', command: 'me' }]);
  });

  test('a word for GO is an answer where the question takes it for one', () => {
    const t = talk(park);
    for (const text of ['go', '1', 'ok']) t.say(text);
    expect(t.answers()).toEqual({ first: 'ramp', better: 'ok' });
    const again = talk(park);
    again.say('go');
    expect(again.say('ok')[0]).toMatch(/^1 of 2/);
    expect(again.state().misses).toBe(0);
  });
});
