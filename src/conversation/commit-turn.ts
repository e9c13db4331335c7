/**
 * Commits what a turn decided. An ordinary turn is one statement; a turn that also joins, finishes,
 * stops or seals a case is one transaction around that same statement. Nothing of it lands when
 * another turn of this person came first.
 */
import type { ChannelName, Receipt } from '../channel.ts';
import { priorityOf } from '../delivery/classes.ts';
import type { Prompt } from '../flow/prompt.ts';
import { CODES, hasCode, type Queryable, transaction } from '../platform/postgres.ts';
import { replaceUnreadable } from '../privacy/batch-sweeps.ts';
import { sealForDay } from './day-seal.ts';
import type { World } from './world.ts';
import { isOrdinary } from './write-ordinary-turns.ts';
import {
  type ConversationChange,
  type ReplyRow,
  type Standing,
  type TurnWrite,
  type Written,
  writeTurn,
} from './write-turn.ts';

export interface DecidedTurn {
  readonly personId: string;
  readonly change: ConversationChange;
  readonly say: readonly Prompt[];
  readonly class: ReplyRow['class'];
  readonly standing?: Standing;
  /** What else must happen in the same transaction. */
  readonly effects: readonly Effect[];
}

/** Nothing of the turn may land: the consultation took its last answers, or there is no place for these. */
type Unfit = 'closed' | 'unreadable';

export type Effect = (tx: Queryable) => Promise<void | Unfit>;

/** What the turn answers: a message with its hash, or nothing when a timer caused the turn. */
export interface Answered {
  readonly channel: ChannelName;
  readonly message?: { readonly hash: Uint8Array; readonly day: string };
}

export type Committed =
  | { readonly kind: 'committed'; readonly receipt: Receipt }
  | { readonly kind: 'lost' }
  | { readonly kind: 'closed' };

export async function commitTurn(
  world: World,
  answered: Answered,
  turn: DecidedTurn,
): Promise<Committed> {
  const reply = turn.say.length === 0 ? undefined : await replyRow(world, answered, turn);
  const write = {
    personId: turn.personId,
    channel: answered.channel,
    change: turn.change,
    ...(turn.standing ? { standing: turn.standing } : {}),
    ...(answered.message ? { message: answered.message } : {}),
    ...(reply ? { reply } : {}),
  };
  const written = await unlessRaced(() => land(world, write, turn.effects));
  if (written.kind === 'unreadable') {
    await replaceUnreadable(world);
    return { kind: 'lost' };
  }
  if (written.kind !== 'written') return written;
  if (answered.channel === 'web') world.announce(turn.personId);
  return { kind: 'committed', receipt: receiptFor(world, turn.say, written.replyId) };
}

type Landed = Written | { readonly kind: 'closed' } | { readonly kind: 'unreadable' };

function land(world: World, write: TurnWrite, effects: readonly Effect[]): Promise<Landed> {
  if (effects.length === 0) {
    return isOrdinary(write) ? world.turns.writeOrdinary(write) : writeTurn(world.pool, write);
  }
  return transaction(world.pool, async (tx): Promise<Landed> => {
    const written = await writeTurn(tx, write);
    if (written.kind === 'lost') return written;
    for (const effect of effects) {
      const unfit = await effect(tx);
      if (unfit) throw new Undone(unfit);
    }
    return written;
  });
}

/** Thrown through the transaction so that it is rolled back, and turned into a value outside. */
class Undone extends Error {
  override readonly name = 'Undone';
  readonly why: Unfit;
  constructor(why: Unfit) {
    super('nothing of this turn may land');
    this.why = why;
  }
}

/**
 * A copy of the same message, or a turn of the same person, that landed first is a lost race; so is
 * a person forgotten in that moment, who is made anew.
 */
async function unlessRaced(write: () => Promise<Landed>): Promise<Landed> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Undone) return { kind: error.why };
    const raced =
      hasCode(error, CODES.uniqueViolation) ||
      hasCode(error, CODES.foreignKeyViolation) ||
      hasCode(error, CODES.serializationFailure) ||
      hasCode(error, CODES.deadlockDetected);
    if (raced) return { kind: 'lost' };
    throw error;
  }
}

async function replyRow(world: World, answered: Answered, turn: DecidedTurn): Promise<ReplyRow> {
  const now = world.ambient.now();
  const channel = world.channels.get(answered.channel);
  const { sealed, keyDay } = await sealBody(world, turn.personId, turn.say);
  return {
    class: turn.class,
    priority: priorityOf(turn.class),
    sealedBody: sealed,
    keyDay,
    parts: channel?.cost(turn.say, 'on-the-response') ?? 1,
    attemptedAt: answered.message ? now : null,
  };
}

/** A message of its own to this person, until it is sent. */
export function sealBody(
  { keys, ambient }: World,
  personId: string,
  prompts: readonly Prompt[],
): ReturnType<typeof sealForDay> {
  return sealForDay(keys, ambient.now(), JSON.stringify(prompts), bodyBinding(personId));
}

/** A message's body opens only for the person it was meant for. */
export function bodyBinding(personId: string): Uint8Array {
  return Buffer.from(`outbox ${personId}`, 'latin1');
}

function receiptFor(
  world: World,
  prompts: readonly Prompt[],
  replyId: string | undefined,
): Receipt {
  if (replyId === undefined) return { kind: 'silence' };
  return {
    kind: 'reply',
    prompts,
    handedOver: () => world.ledger.handedOver(replyId),
    notHandedOver: () => world.ledger.notHandedOver(replyId),
  };
}
