/** "Who is this?": the council's name and what this person joined, nothing of what they said. */
import { consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import type { Prompt } from '../flow/prompt.ts';
import { takesPartIn } from './circle.ts';
import { sayAlone } from './say.ts';
import { listenerOf, type Situation } from './situation.ts';
import type { World } from './world.ts';

const MOST_NAMED = 3;

export async function whoIsThis(world: World, situation: Situation): Promise<readonly Prompt[]> {
  const listener = listenerOf(situation);
  const names: string[] = [];
  const joined = await takesPartIn(world.pool, situation.person);
  for (const one of joined.slice(0, MOST_NAMED)) {
    const consultation = await consultationById(world.pool, one.consultationId);
    if (!consultation) continue;
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    names.push(textIn(flow.quietName, listener.language));
  }
  const { organisation } = world.installation;
  return names.length === 0
    ? sayAlone(world.words, listener, 'who_is_this_none', { organisation })
    : sayAlone(world.words, listener, 'who_is_this', { organisation, names: names.join(', ') });
}
