/** The person and the conversation behind a web session, read without a message. */
import { readTurn, type TurnRead } from './read-turn.ts';
import type { World } from './world.ts';

export async function readSession(world: World, address: string): Promise<TurnRead> {
  const blind = await world.contacts.blindIndex('web', address);
  return readTurn(world.pool, {
    channel: 'web',
    blindIndex: blind.bidx,
    blindIndexVersion: blind.version,
    messageHash: NO_MESSAGE,
  });
}

const NO_MESSAGE = Buffer.alloc(0);
