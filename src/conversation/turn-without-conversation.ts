/**
 * A message from someone without an open conversation: a command, a keyword, GO after an
 * invitation, the score of a feedback, or a text that fits nothing. Someone who opted out hears
 * only what they may always have: help, their way back, and the end of their data.
 */
import { consultationById, consultationByKeyword } from '../consultation/consultations.ts';
import { type RecognisedCommand, recogniseCommand } from '../flow/commands.ts';
import { fold } from '../flow/fold.ts';
import type { Command } from '../flow/prompt.ts';
import { answerFromOutside } from './answer-from-outside.ts';
import { begin } from './begin.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { invitationOf } from './participations.ts';
import { sayAlone } from './say.ts';
import { scoreTap, scoreTurn } from './score.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import { strayText } from './stray-text.ts';
import type { World } from './world.ts';

/** What a person who opted out may still ask for. "Wrong number" is done for them without a word. */
const ALWAYS_DONE: ReadonlySet<Command> = new Set([
  'help',
  'start',
  'delete',
  'stop',
  'wrong-number',
]);

export async function turnWithoutConversation(
  world: World,
  situation: Situation,
): Promise<DecidedTurn> {
  const { inbound, person } = situation;
  const { event } = inbound;
  switch (event.kind) {
    case 'handled-by-provider':
      return commanded(world, situation, event);
    case 'command':
      return commanded(world, situation, event);
    case 'join':
      return joined(world, situation, event.keyword, event.language);
    case 'choice':
      return (await scoreTap(world, situation)) ?? strayText(world, situation);
    case 'text': {
      const command = recogniseCommand(event.text, world.words.vocabulary, {});
      if (command) return commanded(world, situation, command);
      if (person.stopped) return whileStopped(world, situation);
      const folded = fold(event.text);
      return (
        (await scoreTurn(world, situation, folded)) ??
        (await byKeyword(world, situation, folded)) ??
        (await stopAtKeyword(world, situation, folded)) ??
        strayText(world, situation)
      );
    }
  }
}

async function commanded(
  world: World,
  situation: Situation,
  { command, language }: Pick<RecognisedCommand, 'command' | 'language'>,
): Promise<DecidedTurn> {
  if (situation.person.stopped && !ALWAYS_DONE.has(command)) return whileStopped(world, situation);
  if (command === 'language' && world.words.languages.includes(language ?? ''))
    return spokenToIn(world, situation, language ?? '');
  if (command !== 'go') {
    const turn = await answerFromOutside(world, situation, command);
    return situation.person.stopped && command === 'wrong-number' ? { ...turn, say: [] } : turn;
  }
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
  if (situation.person.stopped) return whileStopped(world, situation);
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

/** "STOP PARK": in a conversation its own engine knows the word. */
async function stopAtKeyword(
  world: World,
  situation: Situation,
  folded: string,
): Promise<DecidedTurn | undefined> {
  if (!folded.startsWith('stop ')) return undefined;
  const consultation = await consultationByKeyword(world.pool, folded.slice('stop '.length));
  return consultation && answerFromOutside(world, situation, 'stop');
}

/** Another language from now on, whatever is joined next. */
function spokenToIn(world: World, situation: Situation, language: string): DecidedTurn {
  const { channel } = situation.inbound;
  return {
    ...onlySay(situation, sayAlone(world.words, { channel, language }, 'language_changed')),
    effects: [(tx) => world.contacts.setLanguage(tx, situation.person.id, language)],
  };
}

/**
 * Who said stop is not written to, and a text may come from a machine. A button or a command in an
 * app is pressed by somebody who looks at the screen, and is told how to come back.
 */
function whileStopped(world: World, situation: Situation): DecidedTurn {
  if (situation.inbound.event.kind === 'text') return onlySay(situation, []);
  return onlySay(situation, sayAlone(world.words, listenerOf(situation), 'chat_stopped_before'));
}
