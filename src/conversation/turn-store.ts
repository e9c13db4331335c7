/**
 * The read and the write of a turn, shared by the turns of many people that come in the same moment:
 * one statement reads for all of them, one writes for all of them. Each person's turn lands or is
 * lost by itself, as if it had been alone; when a shared statement fails, each is tried alone.
 */
import type { Pool } from 'pg';
import { gather } from '../platform/gather.ts';
import { readTurn, readTurns, type TurnKey, type TurnRead } from './read-turn.ts';
import { type OrdinaryTurn, writeOrdinaryTurns } from './write-ordinary-turns.ts';
import { type Written, writeTurn } from './write-turn.ts';

export interface TurnStore {
  readonly read: (key: TurnKey) => Promise<TurnRead>;
  /** Only for a turn that moves a conversation on and changes nothing else. */
  readonly writeOrdinary: (turn: OrdinaryTurn) => Promise<Written>;
}

/** Few at once: the more wait together, the less each costs. */
const READS = { atOnce: 3, most: 64 };
const WRITES = { atOnce: 3, most: 64 };

export function createTurnStore(pool: Pool): TurnStore {
  return {
    read: gather(
      (keys) => readTurns(pool, keys),
      (key) => readTurn(pool, key),
      READS,
    ),
    writeOrdinary: gather(
      (turns) => writeOrdinaryTurns(pool, turns),
      (turn) => writeTurn(pool, turn),
      WRITES,
    ),
  };
}
