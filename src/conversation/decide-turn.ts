/**
 * Decides what one message does, before anything is written: harm first, then the open
 * conversation, then what a person without one may want. It reads what it needs and changes nothing.
 */
import type { Inbound } from '../channel.ts';
import { recogniseCommand } from '../flow/commands.ts';
import { detect, type Finding } from '../safeguarding/detect.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { withLinking, withoutTypedCode } from './linking.ts';
import { endOf, turnOnLostPlace } from './lost-place.ts';
import { openConversation } from './open-conversation.ts';
import type { PersonRead, TurnRead } from './read-turn.ts';
import type { Situation } from './situation.ts';
import { turnInConversation } from './turn-in-conversation.ts';
import { turnOnDisclosure } from './turn-on-disclosure.ts';
import { turnWithoutConversation } from './turn-without-conversation.ts';
import type { World } from './world.ts';

export async function decideTurn(
  world: World,
  inbound: Inbound,
  read: TurnRead & { readonly person: PersonRead },
): Promise<DecidedTurn> {
  const turn = await decide(world, inbound, read);
  return inbound.event.kind === 'handled-by-provider' ? { ...turn, say: [] } : turn;
}

async function decide(
  world: World,
  inbound: Inbound,
  read: TurnRead & { readonly person: PersonRead },
): Promise<DecidedTurn> {
  const conversation = read.conversation && (await openConversation(world, read.conversation));
  const situation: Situation = {
    inbound,
    person: read.person,
    ...(conversation ? { conversation } : {}),
  };
  const finding = inbound.event.kind === 'text' ? harmIn(world, inbound.event.text) : undefined;
  if (finding) {
    const turn = await turnOnDisclosure(world, situation, finding);
    const change = read.conversation && !conversation ? endOf(read.conversation) : turn.change;
    return withoutTypedCode(situation, { ...turn, change });
  }
  return withLinking(world, situation, async () => {
    if (conversation) return turnInConversation(world, { ...situation, conversation });
    if (read.conversation) return turnOnLostPlace(world, situation, read.conversation);
    return turnWithoutConversation(world, situation);
  });
}

/** The consultation took its last answers in this very moment: the conversation ends with a word. */
export async function decideClosed(
  world: World,
  inbound: Inbound,
  read: TurnRead & { readonly person: PersonRead },
): Promise<DecidedTurn> {
  if (!read.conversation) return decideTurn(world, inbound, read);
  const conversation = await openConversation(world, read.conversation);
  if (!conversation) return decideTurn(world, inbound, read);
  const turn = step(world, conversation, { kind: 'closed' });
  return decidedBy(world, { inbound, person: read.person, conversation }, turn);
}

/**
 * What a rule names comes before any command. A mere likeness to harm does not keep anyone from a
 * STOP that is all they say; where they say more, it may be the rest that sounds like harm, and the
 * STOP must not drown it.
 */
function harmIn(world: World, text: string): Finding | undefined {
  const finding = detect(text);
  if (finding !== undefined && finding.kind !== 'unclear') return finding;
  const sentences = text.split(/[.!?…\n]+/);
  if (finding === undefined && sentences.length === 1) return undefined;
  const command = recogniseCommand(text, world.words.vocabulary);
  if (finding !== undefined)
    return command && !command.amongOthers && !command.orAnswer ? undefined : finding;
  return command?.amongOthers ? firstHarm(sentences) : undefined;
}

function firstHarm(sentences: readonly string[]): Finding | undefined {
  for (const sentence of sentences) {
    const finding = detect(sentence);
    if (finding !== undefined) return finding;
  }
  return undefined;
}
