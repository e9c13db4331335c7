/**
 * A message from someone without an open conversation: a command, a keyword, GO after an
 * invitation, the score of a feedback, or a text that fits nothing. Someone who opted out hears
 * only what they may always have: help, their way back, and the end of their data.
 */
import { consultationById, consultationByKeyword } from '../consultation/consultations.ts';
import { recogniseCommand } from '../flow/commands.ts';
import { fold } from '../flow/fold.ts';
import type { Command } from '../flow/prompt.ts';
import { answerFromOutside } from './answer-from-outside.ts';
import { begin } from './begin.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { invitationOf } from './participations.ts';
import { scoreTurn } from './score.ts';
import type { Situation } from './situation.ts';
import { strayText } from './stray-text.ts';
import type { World } from './world.ts';

/** What a person who opted out may still ask for. */
const ALWAYS_ANSWERED: ReadonlySet<Command> = new Set(['help', 'start', 'delete', 'stop']);

export async function turnWithoutConversation(
  world: World,
  situation: Situation,
): Promise<DecidedTurn> {
  const { inbound, person } = situation;
  const { event } = inbound;
  switch (event.kind) {
    case 'handled-by-provider':
    case 'command':
      return commanded(world, situation, event.command);
    case 'join':
      return joined(world, situation, event.keyword, event.language);
    case 'choice':
      return strayText(world, situation);
    case 'text': {
      const command = recogniseCommand(event.text, world.words.vocabulary, {});
      if (command) return commanded(world, situation, command.command);
      if (person.stopped) return silent(situation);
      const folded = fold(event.text);
      return (
        (await scoreTurn(world, situation, folded)) ??
        (await byKeyword(world, situation, folded)) ??
        strayText(world, situation)
      );
    }
  }
}

async function commanded(
  world: World,
  situation: Situation,
  command: Command,
): Promise<DecidedTurn> {
  if (situation.person.stopped && !ALWAYS_ANSWERED.has(command)) return silent(situation);
  if (command !== 'go') return answerFromOutside(world, situation, command);
  const invited = await invitationOf(world.pool, situation.person.id);
  const consultation = invited && (await consultationById(world.pool, invited));
  return consultation ? begin(world, situation, consultation) : strayText(world, situation);
}

async function joined(
  world: World,
  situation: Situation,
  keyword: string,
  language: string | undefined,
): Promise<DecidedTurn> {
  const consultation = await consultationByKeyword(world.pool, fold(keyword));
  return consultation
    ? begin(world, situation, consultation, language)
    : strayText(world, situation);
}

async function byKeyword(
  world: World,
  situation: Situation,
  folded: string,
): Promise<DecidedTurn | undefined> {
  const consultation = await consultationByKeyword(world.pool, folded);
  return consultation && begin(world, situation, consultation);
}

function silent({ person }: Situation): DecidedTurn {
  return { personId: person.id, change: { kind: 'none' }, say: [], class: 'reply', effects: [] };
}
