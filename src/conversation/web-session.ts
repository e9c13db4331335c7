/** The person and the conversation behind a web session, read without a message. */
import type { TurnRead } from './read-turn.ts';
import { standingNow } from './standing-now.ts';
import type { World } from './world.ts';

export function readSession(world: World, address: string): Promise<TurnRead> {
  return standingNow(world, 'web', address);
}
