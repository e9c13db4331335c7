import { describe, expect, test } from 'vitest';
import { flowFrom, PARK } from './support/park.ts';
import { talk } from './support/talk.ts';

const CONSENT = `
flow: asked-first
version: 1
title: { en: Asked first }
languages: [en]
start: consent
steps:
  consent:
    ask: yes_no
    text: { en: "May we keep your answers?" }
    next: [ { when: answers.consent == false, go: bye }, { go: use } ]
  use:
    ask: yes_no
    text: { en: "Do you use the park?" }
    next: [ { when: has(answers.use) && answers.use, go: why }, { go: safe } ]
  why:
    ask: choose_many
    max_choices: 2
    text: { en: "What for?" }
    options: { play: { en: Play }, walk: { en: Walk the dog }, meet: { en: Meet friends } }
    next: safe
  safe:
    ask: scale
    scale: 5
    labels: { low: { en: not safe }, high: { en: very safe } }
    text: { en: "How safe do you feel there?" }
    next: note
  note:
    say: { en: "Nearly there." }
    next: age
  age:
    ask: number
    bounds: { min: 9, max: 25 }
    retries: 3
    text: { en: "How old are you?" }
    sorry: { en: "In years, please." }
    on_failure: lost
    next: bye
  bye:
    say: { en: "Bye for now." }
  lost:
    say: { en: "We leave it there." }
about_you: [age_band, disability]
`;

const park = flowFrom(PARK);
const consented = flowFrom(CONSENT);

const DISCLOSED = {
  kind: 'disclosed',
  answer: 'full',
  given: { day: '2026-11-02', times: 1, worst: 'amber' },
} as const;

describe('a conversation in the words of the tone reference', () => {
  test('standard', () => {
    const t = talk(park);
    expect(t.introduction).toEqual([
      "Bury Council here. £40,000 for Chesham park: help pick what we build first. We can't change the amount. Cllr Green decides 14 Jan. We'll text you why by 28 Jan.",
      "Staff aren't shown who said what. If you seem unsafe, our safety lead may contact you. Nobody reads live: 999, Childline 0800 1111. GO to start, STOP, or MORE.",
    ]);
    expect(t.say('MORE')).toEqual([
      'Texts cost your normal rate. Free on wifi: bury.example/chat/park. We keep your number, apart from answers, to text you. After 3 days or more we cut the link.',
    ]);
    expect(t.say('go')).toEqual([
      '1 of 2. What should we build first?\n1 Skate ramp\n2 Path lights\n3 Goals\nText 1, 2 or 3. You can also text SKIP or BACK.',
    ]);
    expect(t.say('lites ramp')).toEqual([
      'Nearly! Did you mean 1 Skate ramp or 2 Path lights? Text 1 or 2.',
    ]);
    expect(t.say('1')).toEqual([
      'Skate ramp, got it. (Not right? Text BACK.)\n2 of 2. What would make the park better for you? No names please. Or text SKIP.',
    ]);
    expect(t.say('skip').at(-1)).toBe(
      "All done, thanks! We'll text you what happened by 28 Jan. CHECK for news. Changed your mind? Text DELETE by Thu 5 Nov. Share your phone? Clear these texts.",
    );
    expect(t.facts()).toEqual([
      { kind: 'joined' },
      { kind: 'missed', step: 'first' },
      { kind: 'answered', step: 'first' },
      { kind: 'skipped', step: 'better' },
      { kind: 'finished', answers: { first: 'ramp' }, partial: false },
    ]);
    expect(t.last().wake).toBeUndefined();
  });

  test('easy words, HELP and STOP', () => {
    const t = talk(park, { language: 'en-easy' });
    t.say('GO');
    expect(t.say('help')).toEqual([
      'Stuck? Text AGAIN or SKIP. No more texts? STOP. To talk, call 0800 1111. It is free. In danger? Call 999.',
    ]);
    expect(t.say('1')).toEqual([
      'You picked Skate ramp. Wrong? Text BACK.\n2 of 2. What would make the park better? No names. Or SKIP.',
    ]);
    expect(t.say('pls stop texting me')).toEqual([
      'OK. No more texts from us. If you finished, we keep your answers. If not, we delete them. To come back, text START. To talk: 0800 1111.',
    ]);
    expect(t.state().phase).toBe('ended');
    expect(t.answers()).toBeUndefined();
    expect(t.facts().at(-1)).toEqual({ kind: 'stopped' });
  });
});

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

describe('time', () => {
  test('wakes, reminds once, expires; a timer of an earlier turn changes nothing', () => {
    const t = talk(park);
    t.say('go');
    expect(t.last().wake).toEqual({
      remindAt: new Date('2026-11-04T16:00:00Z'),
      expireAt: new Date('2026-11-09T16:00:00Z'),
    });
    t.send({ kind: 'remind', revision: t.revision() - 1 });
    expect(t.last().say).toEqual([]);
    t.send({ kind: 'remind', revision: t.revision() });
    expect(t.last().say[0]?.text).toMatch(/^Chesham park: there's still time/);
    expect(t.last().wake?.remindAt).toBeUndefined();
    expect(t.last().wake?.expireAt).toEqual(new Date('2026-11-07T16:00:00Z'));
    t.say('1');
    expect(t.last().wake?.remindAt).toBeUndefined();
    t.send({ kind: 'expire', revision: t.revision() - 1 });
    expect(t.state().phase).toBe('asking');
    t.send({ kind: 'expire', revision: t.revision() });
    expect(t.last().facts).toEqual([{ kind: 'expired' }]);
    expect(t.last().say).toEqual([]);
    expect(t.state()).toMatchObject({ phase: 'ended', answers: {} });
  });

  test('half an answer counts only where the flow says so', () => {
    const keeps = talk(
      flowFrom(PARK.replace('reminders:', 'privacy: { keep_partial: true }\nreminders:')),
    );
    keeps.say('go');
    keeps.say('1');
    keeps.send({ kind: 'closed' });
    expect(keeps.last().facts).toEqual([
      { kind: 'expired' },
      { kind: 'finished', answers: { first: 'ramp' }, partial: true },
    ]);
    expect(keeps.last().say[0]?.text).toMatch(/^Sorry, Chesham park has just closed/);
  });

  test('the day until which answers can be taken back', () => {
    const until = (hours: number, language = 'en'): string | undefined => {
      const t = talk(flowFrom(PARK, { coolingOffHours: hours }), { language });
      for (const text of ['go', 'skip']) t.say(text);
      return /DELETE by ([^.]*)\./.exec(t.say('skip').at(-1) ?? '')?.[1];
    };
    expect(until(0)).toBe('Mon 2 Nov');
    expect(until(1)).toBe('Mon 2 Nov');
    expect(until(9)).toBe('Tue 3 Nov');
    expect(until(72)).toBe('Thu 5 Nov');
    expect(until(72, 'en-easy')).toBe('5 Nov');
  });
});

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
