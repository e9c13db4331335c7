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
  { inbound, conversation }: InConversation,
): Promise<Uint8Array | undefined> {
  const { flow } = conversation;
  if (!world.leadKey || flow.privacy.safeguarding !== 'sealed') return undefined;
  return caseLink({
    sealedFor: world.leadKey,
    channel: inbound.channel,
    address: inbound.address,
    consultation: textIn(flow.title, flow.languages[0] ?? 'en'),
  });
}
