/** Opens and seals the stored state of a conversation, and finds the flow that it began with. */
import type { Flow } from '../flow/flow.ts';
import type { ConversationState } from '../flow/state.ts';
import { readState, serialiseState } from '../flow/state-text.ts';
import type { Turn } from '../flow/turn.ts';
import type { DaySealed } from './day-seal.ts';
import { isDayKeyGone, openForDay, sealForDay } from './day-seal.ts';
import type { ConversationRead } from './read-turn.ts';
import type { World } from './world.ts';
import type { StoredConversation } from './write-turn.ts';

export interface OpenConversation {
  readonly id: string;
  readonly consultationId: string;
  readonly revision: number;
  readonly flow: Flow;
  readonly state: ConversationState;
}

/** Undefined when the key of its day is gone: nobody can ever open it. */
export async function openConversation(
  world: World,
  read: ConversationRead,
): Promise<OpenConversation | undefined> {
  const text = await openForDay(
    world.keys,
    { sealed: read.sealedState, keyDay: read.keyDay },
    stateBinding(read.id),
  );
  if (text === undefined) {
    if (!(await isDayKeyGone(world.keys, read.keyDay)))
      throw new Error('the key of a conversation under way cannot be seen');
    world.onLostKey(read.keyDay);
    return undefined;
  }
  const state = readState(text);
  if (state.kind !== 'state')
    throw new Error(`a stored conversation cannot be read: ${state.kind}`);
  return {
    id: read.id,
    consultationId: read.consultationId,
    revision: read.revision,
    flow: await world.flows.flow(read.flow, read.version),
    state: state.state,
  };
}

/** The row that a turn leaves behind. Wake times are coarse: they must not keep the minute of a reply. */
export async function storeTurn(
  world: World,
  conversationId: string,
  turn: Turn,
): Promise<StoredConversation> {
  const { sealed, keyDay }: DaySealed = await sealForDay(
    world.keys,
    world.ambient.now(),
    serialiseState(turn.state),
    stateBinding(conversationId),
  );
  if (!turn.wake) throw new Error('a conversation that goes on must wake again');
  return {
    sealedState: sealed,
    keyDay,
    remindAt: turn.wake.remindAt ? toTheHour(turn.wake.remindAt) : null,
    expireAt: toTheHour(turn.wake.expireAt),
  };
}

const HOUR_MS = 3_600_000;

export function toTheHour(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / HOUR_MS) * HOUR_MS);
}

function stateBinding(conversationId: string): Uint8Array {
  return Buffer.from(`conversation ${conversationId}`, 'latin1');
}
