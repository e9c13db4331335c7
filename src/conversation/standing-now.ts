/**
 * Where a person stands, read without a message: who they are, their open conversation and the
 * question that waits in it. Nothing is written by asking.
 */
import type { ChannelName } from '../channel.ts';
import type { Prompt } from '../flow/prompt.ts';
import { step } from './engine-turn.ts';
import { placeLost } from './lost-place.ts';
import { openConversation } from './open-conversation.ts';
import { readTurn, type TurnRead } from './read-turn.ts';
import type { World } from './world.ts';

export async function standingNow(
  world: World,
  channel: ChannelName,
  address: string,
): Promise<TurnRead> {
  const blind = await world.contacts.blindIndex(channel, address);
  return readTurn(world.pool, {
    channel,
    blindIndex: blind.bidx,
    blindIndexVersion: blind.version,
    messageHash: NO_MESSAGE,
  });
}

const NO_MESSAGE = Buffer.alloc(0);

/** The question that is open, said again without a turn. Nothing where none is. */
export async function asksNow(
  world: World,
  channel: ChannelName,
  { person, conversation: read }: TurnRead,
): Promise<readonly Prompt[]> {
  if (!read) return [];
  const conversation = await openConversation(world, read);
  if (!conversation) return placeLost(world, { channel, language: person?.language ?? 'en' }, read);
  const asItWas = { ...conversation, revision: conversation.revision - 1 };
  return step(world, asItWas, { kind: 'command', command: 'again' }).say;
}
