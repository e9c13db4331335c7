/** What passing time does: reminders, expiry, closing, the days for taking back. */
import { describe, expect, test } from 'vitest';
import { flowFrom, PARK } from '../support/park.ts';
import { talk } from '../support/talk.ts';

const park = flowFrom(PARK);

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
