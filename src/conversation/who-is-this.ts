/** "Who is this?": the council's name and what this person joined, nothing of what they said. */
import { consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import type { Prompt } from '../flow/prompt.ts';
import { participationsOf } from './participations.ts';
import type { Situation } from './situation.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

const MOST_NAMED = 3;

export async function whoIsThis(world: World, situation: Situation): Promise<readonly Prompt[]> {
  const language = situation.conversation?.state.language ?? situation.person.language ?? 'en';
  const names: string[] = [];
  for (const one of (await participationsOf(world.pool, situation.person.id)).slice(
    0,
    MOST_NAMED,
  )) {
    const consultation = await consultationById(world.pool, one.consultationId);
    if (!consultation) continue;
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    names.push(textIn(flow.quietName, language));
  }
  const { organisation } = world.installation;
  const text =
    names.length === 0
      ? world.words.say('who_is_this_none', language, { organisation })
      : world.words.say('who_is_this', language, { organisation, names: names.join(', ') });
  return [statement(text, language)];
}
