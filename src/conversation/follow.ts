/**
 * A number left on the web to hear what happens. It becomes a person of its own that only follows:
 * nothing joins it to the session, or to the answers, that it was left in.
 */
import { phoneNumber } from '../../adapters/sms/phone-number.ts';
import { withdrawAsking } from '../delivery/withdraw.ts';
import { isoDay } from '../platform/calendar.ts';
import { transaction } from '../platform/postgres.ts';
import { markFollowing, participationsOf } from './participations.ts';
import { readSession } from './web-session.ts';
import type { World } from './world.ts';

export type Followed = 'kept' | 'bad-number' | 'too-many';
export type Follow = (address: string, typed: string) => Promise<Followed>;

/** Numbers that one session may leave: their own, and once more after a slip. */
const MOST_NUMBERS = 2;
/** Sessions remembered; a session lasts as long as its page is open. */
const MOST_SESSIONS = 10_000;

export function createFollow(world: World): Follow {
  const left = new Map<string, number>();
  return async (address, typed) => {
    const number = phoneNumber(typed);
    if (number.kind === 'refused') return 'bad-number';
    const session = await readSession(world, address);
    const { person } = session;
    const consultationId =
      session.conversation?.consultationId ??
      (person && (await participationsOf(world.pool, person.id))[0]?.consultationId);
    if (!person || consultationId === undefined) return 'too-many';
    const before = left.get(person.id) ?? 0;
    if (before >= MOST_NUMBERS) return 'too-many';
    if (left.size >= MOST_SESSIONS) left.clear();
    left.set(person.id, before + 1);
    await keep(world, { number: number.e164, consultationId, language: person.language });
    return 'kept';
  };
}

/** Somebody who opted out stays opted out: their number is not kept and nothing is sent. */
async function keep(
  world: World,
  one: {
    readonly number: string;
    readonly consultationId: string;
    readonly language?: string | undefined;
  },
): Promise<void> {
  const { language } = one;
  const day = isoDay(world.ambient.now(), world.installation.timeZone);
  await transaction(world.pool, async (tx) => {
    const [enrolled] = await world.contacts.enrolMany(tx, [
      { channel: 'sms', address: one.number, ...(language === undefined ? {} : { language }) },
    ]);
    if (!enrolled || enrolled.stopped) return;
    const { consultationId } = one;
    await markFollowing(tx, { personId: enrolled.person, consultationId, day });
    await withdrawAsking(tx, [enrolled.person], consultationId);
  });
}
