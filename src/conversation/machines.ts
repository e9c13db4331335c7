/**
 * Keeps two machines from talking to each other: an out-of-office note, another bot. What comes from
 * one is applied and no longer answered. The counts live in memory and hold seeded hashes only; help
 * and the end of texts are always answered.
 */
import type { Inbound } from '../channel.ts';
import { fold } from '../flow/fold.ts';
import { guardLoop, type LoopState } from '../safeguarding/loop-guard.ts';
import type { DecidedTurn } from './commit-turn.ts';
import type { World } from './world.ts';

/** As many as write within an hour on one node; the oldest is forgotten first. */
const MOST_REMEMBERED = 20_000;

export type QuietenMachines = (inbound: Inbound, turn: DecidedTurn) => DecidedTurn;

export function createQuietenMachines(world: World): QuietenMachines {
  const states = new Map<string, LoopState>();
  const seed = world.ambient.below(2 ** 32);
  return (inbound, turn) => {
    if (inbound.event.kind !== 'text' || inbound.channel === 'web') return turn;
    const hash = quickHash(seed, fold(inbound.event.text));
    const before = states.get(turn.personId);
    const { verdict, state } = guardLoop(before, hash, world.ambient.now());
    states.delete(turn.personId);
    states.set(turn.personId, state);
    if (states.size > MOST_REMEMBERED) states.delete(states.keys().next().value ?? '');
    const quiet = verdict.kind === 'loop' && turn.class === 'reply';
    return quiet ? { ...turn, say: [] } : turn;
  };
}

/** FNV-1a from a seed of this process: tells the same text from another, and nothing more. */
function quickHash(seed: number, text: string): string {
  let hash = seed ^ 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return `${text.length} ${hash >>> 0}`;
}
