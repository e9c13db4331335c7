/** In the words of the tone reference, as a phone shows them. */
import { describe, expect, test } from 'vitest';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

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
