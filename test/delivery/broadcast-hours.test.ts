/** Broadcasts and reminders keep to their hours, by both clocks; replies go at any time. */
import { describe, expect, test } from 'vitest';
import { standingOf } from '../../src/delivery/broadcast-figures.ts';
import { broadcastById } from '../../src/delivery/broadcasts.ts';
import type { SendingHours } from '../../src/delivery/hours.ts';
import { NO_HOLIDAYS } from '../../src/delivery/school-days.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { localTimeOf } from '../../src/platform/local-time.ts';
import { broadcast, sums } from './broadcast-stage.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

/** A zone in which it is about this hour now: Etc/GMT-3 is three hours ahead. */
function zoneAtHour(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

function keeping(timeZone: string): SendingHours {
  return { timeZone, holidays: NO_HOLIDAYS, always: false };
}

describe('the hours', () => {
  test('hold back what Heard begins at night, and no reply, signpost or opt-out', async () => {
    const night = keeping(zoneAtHour(3));
    await broadcast(on, { count: 2 });
    await broadcast(on, { count: 2, class: 'invitation', hours: 'adults' });
    for (const kind of ['reminder', 'reply', 'signpost', 'opt-out'] as const)
      await on.say(kind, { class: kind });
    await on.dispatcher({ hours: night }).drain();
    expect(on.provider.sent.map(({ text }) => text).toSorted()).toEqual([
      'opt-out',
      'reply',
      'signpost',
    ]);
    // The next day, in the hours of both.
    await on.dispatcher({ hours: keeping(zoneAtHour(16)) }).drain();
    expect(on.provider.sent).toHaveLength(8);
  });

  test('are those of each: late in the evening adults are still written to', async () => {
    const zone = zoneAtHour(18);
    const young = await broadcast(on, { count: 1 });
    const adults = await broadcast(on, { count: 1, hours: 'adults' });
    await on.say('to a young person', { class: 'reminder' });
    await on.say('to an adult', { class: 'reminder', hours: 'adults' });
    await on.dispatcher({ hours: keeping(zone), ambient: atMinute(zone, 19 * 60 + 40) }).drain();
    expect(await sums(on, adults)).toMatchObject({ accepted: 1 });
    expect(await sums(on, young)).toMatchObject({ accepted: 0, remaining: 1 });
    expect(on.provider.sent.map(({ text }) => text)).toContain('to an adult');
    expect(on.provider.sent).toHaveLength(2);
  });

  test('are kept by both clocks: one that is hours off never opens the night', async () => {
    const ambientAt = (offsetHours: number) => ({
      ...systemAmbient,
      now: () => new Date(Date.now() + offsetHours * 3_600_000),
    });
    await broadcast(on, { count: 2, hours: 'adults' });
    // It is night here; this worker's clock believes in the middle of the day.
    await on.dispatcher({ hours: keeping(zoneAtHour(3)), ambient: ambientAt(10) }).drain();
    expect(on.provider.sent).toEqual([]);
    // It is day here; this worker's clock believes in the night.
    await on.dispatcher({ hours: keeping(zoneAtHour(13)), ambient: ambientAt(-10) }).drain();
    expect(on.provider.sent).toEqual([]);
    await on.dispatcher({ hours: keeping(zoneAtHour(13)) }).drain();
    expect(on.provider.sent).toHaveLength(2);
  });

  test('close a little early, so that what is claimed last has left when they close', async () => {
    const zone = zoneAtHour(18);
    const at = (minute: number) =>
      on.dispatcher({ hours: keeping(zone), ambient: atMinute(zone, minute) }).drain();
    await broadcast(on, { count: 1, hours: 'adults' });
    await at(19 * 60 + 59);
    expect(on.provider.sent).toEqual([]);
    await at(19 * 60 + 57);
    expect(on.provider.sent).toHaveLength(1);
  });

  test('and a time that was set for later', async () => {
    const id = await broadcast(on, { notBefore: new Date(Date.now() + 3_600_000) });
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
    await on.pool.query(
      `update delivery.broadcast set not_before = not_before - interval '2 hours'`,
    );
    await on.dispatcher().drain();
    expect(await sums(on, id)).toMatchObject({ accepted: 6 });
  });

  test('are what status shows', async () => {
    const id = await broadcast(on);
    const one = await broadcastById(on.pool, id);
    if (!one) throw new Error('no broadcast');
    const at = (text: string) => new Date(text);
    const standing = async (now: string) =>
      standingOf(one, await sums(on, id), at(now), keeping('Europe/London'));
    expect(await standing('2026-11-02T17:00:00Z')).toEqual({ kind: 'sending' });
    expect(await standing('2026-11-02T20:00:00Z')).toEqual({
      kind: 'waits',
      until: at('2026-11-03T16:00:00Z'),
    });
    await on.dispatcher().drain();
    expect(await standing('2026-11-02T20:00:00Z')).toEqual({ kind: 'finished' });
  });
});

/** The worker's clock shows this minute of the day; the database's goes as it goes. */
function atMinute(timeZone: string, minute: number) {
  const now = new Date();
  const shift = (minute - localTimeOf(now, timeZone).minute) * 60_000;
  return { ...systemAmbient, now: () => new Date(Date.now() + shift) };
}
