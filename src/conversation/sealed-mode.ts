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
): Promise<SealedMode | undefined> {
  const { leadKey } = world;
  if (!leadKey) return undefined;
  if (conversation) return sealedBy(conversation.flow, leadKey);
  for (const one of await participationsOf(world.pool, person.id)) {
    const consultation = await consultationById(world.pool, one.consultationId);
    if (!consultation || one.state === 'follows') continue;
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    const sealed = sealedBy(flow, leadKey);
    if (sealed) return sealed;
  }
  return undefined;
}

export interface SealedMode {
  readonly title: string;
  readonly leadKey: Uint8Array;
}

function sealedBy(flow: Flow, leadKey: Uint8Array): SealedMode | undefined {
  if (flow.privacy.safeguarding !== 'sealed') return undefined;
  return { title: textIn(flow.title, flow.languages[0] ?? 'en'), leadKey };
}
