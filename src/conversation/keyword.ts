/** A keyword texted by someone who is in the middle of a conversation already. */
import { consultationByKeyword } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { fold } from '../flow/fold.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { sayAlone } from './say.ts';
import { type InConversation, listenerOf } from './situation.ts';
import type { World } from './world.ts';

/**
 * The same consultation's keyword brings its question again; another's is told that this one comes
 * first, so that nothing half answered is lost. Undefined when the text is no keyword.
 */
export async function keywordInConversation(
  world: World,
  situation: InConversation,
  text: string,
): Promise<DecidedTurn | undefined> {
  const { conversation } = situation;
  const consultation = await consultationByKeyword(world.pool, fold(text));
  if (!consultation) return undefined;
  const again = step(world, conversation, { kind: 'command', command: 'again' });
  if (consultation.id === conversation.consultationId) return decidedBy(world, situation, again);
  if (consultation.state === 'closed') return undefined;
  const listener = listenerOf(situation);
  const name = textIn(conversation.flow.quietName, listener.language);
  const first = sayAlone(world.words, listener, 'busy_elsewhere', { name });
  return decidedBy(world, situation, { ...again, say: [...first, ...again.say] });
}
