/**
 * ME, in opt-in mode: the person asks that a safe adult contacts them, and only then is a case
 * sealed to the safeguarding lead. It is offered only where that can be done.
 */
import { textIn } from '../feedback/broadcasts.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { CommandKey } from '../flow/prompt.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { sayAlone } from './say.ts';
import { sealCase } from './seal-case.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

export async function meTurn(world: World, situation: Situation): Promise<DecidedTurn> {
  const { conversation, inbound } = situation;
  const leadKey = mayBeContacted(inbound.channel) ? world.leadKey : undefined;
  const name = leadKey ? 'me_thanks' : 'me_not_offered';
  const prompts = sayAlone(world.words, listenerOf(situation), name);
  const consultation = conversation ? textIn(conversation.flow.title, 'en') : '';
  const wanted = { level: 'amber', kind: 'asked-for-contact', consultation, messages: [] } as const;
  const effects = leadKey ? [sealCase(world, leadKey, situation, wanted)] : [];
  if (!conversation) return { ...onlySay(situation, prompts), class: 'signpost', effects };
  const again = step(world, conversation, { kind: 'command', command: 'again' });
  const also = { effects, class: 'signpost' as const };
  const turn = await decidedBy(world, { ...situation, conversation }, again, also);
  return { ...turn, say: prompts.map((prompt) => ({ ...prompt, keys: waysOn(world, situation) })) };
}

/** Where there are buttons nobody is left without one: the question waits. */
function waysOn({ words }: World, situation: Situation): readonly CommandKey[] {
  const { language } = listenerOf(situation);
  return (['go', 'stop'] as const).map((command) => ({
    command,
    label: words.say(`label_${command}`, language),
  }));
}
