/**
 * Whether what this person tells may be sealed to the safeguarding lead: only where a consultation
 * of theirs said so before its first question, and a lead's key is there.
 */
import { consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import type { Flow } from '../flow/flow.ts';
import { participationsOf } from './participations.ts';
import type { Situation } from './situation.ts';
import type { World } from './world.ts';

export async function sealedModeOf(
  world: World,
  { conversation, person }: Situation,
): Promise<{ readonly title: string } | undefined> {
  if (!world.leadKey) return undefined;
  if (conversation) return sealedTitle(conversation.flow);
  for (const one of await participationsOf(world.pool, person.id)) {
    const consultation = await consultationById(world.pool, one.consultationId);
    if (!consultation || one.state === 'follows') continue;
    const sealed = sealedTitle(await world.flows.flow(consultation.flow, consultation.version));
    if (sealed) return sealed;
  }
  return undefined;
}

function sealedTitle(flow: Flow): { readonly title: string } | undefined {
  if (flow.privacy.safeguarding !== 'sealed') return undefined;
  return { title: textIn(flow.title, flow.languages[0] ?? 'en') };
}
