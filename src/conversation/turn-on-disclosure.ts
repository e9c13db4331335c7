/**
 * A message that tells of harm is met in the same turn, before any command or answer in it is read.
 * It is never kept as an answer. Where the flow's mode is `sealed` and a lead's key is there, it is
 * sealed to the lead; no sentence promises more than that.
 */
import type { Prompt } from '../flow/prompt.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Finding } from '../safeguarding/detect.ts';
import { answerTo, type SignpostMode, signpostSentences } from '../safeguarding/signposts.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { say, statement } from './say.ts';
import { sealCase } from './seal-case.ts';
import { sealedModeOf } from './sealed-mode.ts';
import { type InConversation, listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

export async function turnOnDisclosure(
  world: World,
  situation: Situation,
  finding: Finding,
): Promise<DecidedTurn> {
  const { conversation, inbound } = situation;
  const sealed = await sealedModeOf(world, situation);
  const text = inbound.event.kind === 'text' ? inbound.event.text : '';
  const effects: readonly Effect[] = sealed
    ? [
        sealCase(world, sealed.leadKey, situation, {
          ...finding,
          consultation: sealed.title,
          messages: [text],
        }),
      ]
    : [];
  if (conversation) {
    const inConversation: InConversation = { ...situation, conversation };
    const day = isoDay(world.ambient.now(), world.installation.timeZone);
    const { kind: answer, given } = answerTo(finding, day, conversation.state.signposts);
    const turn = step(world, conversation, { kind: 'disclosed', answer, given });
    return decidedBy(world, inConversation, turn, { effects, class: 'signpost' });
  }
  const signposts = signpostsFor(world, situation, sealed ? 'sealed' : 'signposts');
  return { ...onlySay(situation, signposts), class: 'signpost', effects };
}

function signpostsFor(world: World, situation: Situation, mode: SignpostMode): readonly Prompt[] {
  const listener = listenerOf(situation);
  const said = signpostSentences(mode).map((name) => say(world.words, listener, name));
  const clear = say(world.words, listener, 'disclosure_clear');
  return said.map((text, at) =>
    statement(at === said.length - 1 ? `${text} ${clear}` : text, listener.language),
  );
}
