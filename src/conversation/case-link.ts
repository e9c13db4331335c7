/**
 * The way back to a person for as long as their answers wait in the pool, sealed so that only the
 * safeguarding lead can use it. In opt-in mode, and without a lead's key, there is none.
 */
import { textIn } from '../feedback/broadcasts.ts';
import { caseLink } from '../safeguarding/cases.ts';
import type { InConversation } from './situation.ts';
import type { World } from './world.ts';

export async function caseLinkFor(
  world: World,
  { inbound, person, conversation }: InConversation,
): Promise<Uint8Array | undefined> {
  const { flow } = conversation;
  if (!world.leadKey || flow.privacy.safeguarding !== 'sealed') return undefined;
  const address = inbound.address || (await storedAddress(world, person.id));
  if (address === undefined) return undefined;
  return caseLink({
    sealedFor: world.leadKey,
    channel: inbound.channel,
    address,
    consultation: textIn(flow.title, flow.languages[0] ?? 'en'),
  });
}

/** A timer ended the conversation: there is no message that carries the address. */
async function storedAddress(world: World, personId: string): Promise<string | undefined> {
  return (await world.contacts.addressOf(world.pool, [personId])).get(personId)?.address;
}
