/**
 * Commands that no flow can answer: CHECK, DELETE, START, STOP, HELP, ME, LINK, "wrong number" and
 * "who is this?". They never move a conversation's questions; DELETE and "wrong number" end it.
 */
import type { Command, Prompt } from '../flow/prompt.ts';
import { answerAside } from './answer-aside.ts';
import { checkReply } from './check.ts';
import { othersOf } from './circle.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { deleteAnswers } from './delete-answers.ts';
import { forgetPerson } from './forget-person.ts';
import { offerLink, unlinkTurn } from './linking.ts';
import { meTurn } from './me.ts';
import { sayAlone } from './say.ts';
import { listenerOf, type Situation } from './situation.ts';
import { stopEverywhere, wordsOnStop } from './stopping.ts';
import { strayText } from './stray-text.ts';
import { whoIsThis } from './who-is-this.ts';
import type { World } from './world.ts';

export async function answerFromOutside(
  world: World,
  situation: Situation,
  command: Command,
): Promise<DecidedTurn> {
  const { person, conversation } = situation;
  const listener = listenerOf(situation);
  const underWay = conversation?.consultationId;
  const say = (name: string): readonly Prompt[] => sayAlone(world.words, listener, name);
  switch (command) {
    case 'check':
      return answerAside(world, situation, await checkReply(world, person, listener, underWay));
    case 'delete':
      return deleteAnswers(world, situation);
    case 'stop':
      return stop(world, situation);
    case 'start':
      return answerAside(world, situation, say('started_again'), [
        (tx) => world.contacts.unstop(tx, person.id),
      ]);
    case 'help':
      return answerAside(world, situation, say('help_idle'));
    case 'me':
      return meTurn(world, situation);
    case 'link':
      return offerLink(world, situation);
    case 'unlink':
      return unlinkTurn(world, situation);
    case 'wrong-number':
      return forgetPerson(world, situation, say('wrong_number'));
    case 'who-is-this':
      return answerAside(world, situation, await whoIsThis(world, situation));
    default:
      return strayText(world, situation);
  }
}

/** Somebody who has stopped already hears nothing, unless there is more to stop. */
async function stop(world: World, situation: Situation): Promise<DecidedTurn> {
  const { person } = situation;
  const others = await othersOf(world.pool, person);
  const said =
    wordsOnStop(world, situation, others) ??
    sayAlone(world.words, listenerOf(situation), 'stopped');
  const isOver = person.stopped && others.every(({ stopped }) => stopped);
  return {
    personId: person.id,
    change: { kind: 'none' },
    say: isOver ? [] : said,
    class: 'opt-out',
    effects: stopEverywhere(world, situation),
  };
}
