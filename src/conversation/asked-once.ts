/**
 * Somebody who linked two channels with the same questions open on both, and finished them on one:
 * what they say on the other is not asked for twice. Their first answers count, and they are told.
 */
import { textIn } from '../feedback/broadcasts.ts';
import type { Turn } from '../flow/turn.ts';
import { finishedElsewhere } from './circle.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { forgetJoined } from './participations.ts';
import { sayAlone } from './say.ts';
import { type InConversation, listenerOf } from './situation.ts';
import type { World } from './world.ts';

const GOES_ON: ReadonlySet<string> = new Set(['joined', 'answered', 'skipped', 'finished']);

export async function finishedOnAnother(
  world: World,
  situation: InConversation,
  turn: Turn,
): Promise<DecidedTurn | undefined> {
  const { person, conversation } = situation;
  if (!person.links || !turn.facts.some((fact) => GOES_ON.has(fact.kind))) return undefined;
  const { id, revision, consultationId, flow } = conversation;
  if (!(await finishedElsewhere(world.pool, person, consultationId))) return undefined;
  const listener = listenerOf(situation);
  const name = textIn(flow.quietName, listener.language);
  return {
    personId: person.id,
    change: { kind: 'end', id, revision },
    say: sayAlone(world.words, listener, 'already_taken_part', { name }),
    class: 'reply',
    effects: [(tx) => forgetJoined(tx, person.id, consultationId)],
  };
}
