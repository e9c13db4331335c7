/**
 * A message that tells of harm is met in the same turn, before any command or answer in it is read.
 * It is never kept as an answer. Where the flow's mode is `sealed` and a lead's key is there, it is
 * sealed to the lead; no sentence promises more than that.
 */
import type { Prompt } from '../flow/prompt.ts';
import { isoDay } from '../platform/calendar.ts';
import { openCase } from '../safeguarding/cases.ts';
import type { Finding } from '../safeguarding/detect.ts';
import { type SignpostMode, signpostSentences } from '../safeguarding/signposts.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { helplines } from './helplines.ts';
import { sealedModeOf } from './sealed-mode.ts';
import type { InConversation, Situation } from './situation.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

export async function turnOnDisclosure(
  world: World,
  situation: Situation,
  finding: Finding,
): Promise<DecidedTurn> {
  const { conversation, person } = situation;
  const sealed = await sealedModeOf(world, situation);
  const effects = sealed ? [sealCase(world, situation, finding, sealed.title)] : [];
  if (conversation) {
    const inConversation: InConversation = { ...situation, conversation };
    const turn = step(world, conversation, { kind: 'disclosed' });
    return decidedBy(world, inConversation, turn, { effects, class: 'signpost' });
  }
  return {
    personId: person.id,
    change: { kind: 'none' },
    say: signposts(world, person.language ?? 'en', sealed ? 'sealed' : 'signposts'),
    class: 'signpost',
    effects,
  };
}

function signposts(world: World, language: string, mode: SignpostMode): readonly Prompt[] {
  const values = helplines(world.words, language);
  const said = signpostSentences(mode).map((name) => world.words.say(name, language, values));
  const clear = world.words.say('disclosure_clear', language);
  return said.map((text, at) =>
    statement(at === said.length - 1 ? `${text} ${clear}` : text, language),
  );
}

function sealCase(world: World, { inbound }: Situation, finding: Finding, title: string): Effect {
  const { leadKey, ambient, installation } = world;
  if (!leadKey) throw new Error('a case cannot be sealed without the key of the lead');
  const at = ambient.now();
  const text = inbound.event.kind === 'text' ? inbound.event.text : '';
  return async (tx) => {
    await openCase(tx, {
      id: ambient.newId(),
      level: finding.level,
      openedOn: isoDay(at, installation.timeZone),
      sealedFor: leadKey,
      contents: {
        kind: finding.kind,
        channel: inbound.channel,
        address: inbound.address,
        consultation: title,
        messages: [text],
        at: at.toISOString(),
      },
    });
  };
}
