/**
 * A text that fits nothing: no conversation is under way and it is no word that we know. It is
 * answered once a day at most, so that two machines never talk to each other for long and a flood
 * of strangers costs little.
 */
import { listConsultations } from '../consultation/consultations.ts';
import { isoDay } from '../platform/calendar.ts';
import type { DecidedTurn } from './commit-turn.ts';
import type { Situation } from './situation.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

/** More keywords than this do not fit a text. */
const MOST_KEYWORDS = 3;

export async function strayText(
  world: World,
  { person, inbound }: Situation,
): Promise<DecidedTurn> {
  const language = person.language ?? 'en';
  const today = isoDay(world.ambient.now(), world.installation.timeZone);
  const firstToday =
    inbound.channel === 'web' ||
    (await world.contacts.takeDailyNudge(world.pool, person.id, today));
  const say = firstToday ? [statement(await textFor(world, language), language)] : [];
  return { personId: person.id, change: { kind: 'none' }, say, class: 'reply', effects: [] };
}

async function textFor(world: World, language: string): Promise<string> {
  const all = await listConsultations(world.pool);
  const keywords = all
    .filter((one) => one.state === 'open')
    .slice(0, MOST_KEYWORDS)
    .map((one) => one.keyword.toUpperCase());
  if (keywords.length === 0) return world.words.say('nothing_open', language);
  return world.words.say('idle', language, { keywords: keywords.join(', ') });
}
