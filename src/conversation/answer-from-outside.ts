/**
 * Commands that no flow can answer: CHECK, DELETE, START, STOP, HELP, ME, "wrong number" and "who is
 * this?". They never move a conversation's questions; DELETE and "wrong number" end it.
 */
import { STARTED_BY_US } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import type { Command, Prompt } from '../flow/prompt.ts';
import { checkReply } from './check.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { deleteAnswers } from './delete-answers.ts';
import { decidedBy, step } from './engine-turn.ts';
import { forgetPerson } from './forget-person.ts';
import { meTurn } from './me.ts';
import { forgetInvitations } from './participations.ts';
import { sayAlone } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import { strayText } from './stray-text.ts';
import { whoIsThis } from './who-is-this.ts';
import type { World } from './world.ts';

export async function answerFromOutside(
  world: World,
  situation: Situation,
  command: Command,
): Promise<DecidedTurn> {
  const listener = listenerOf(situation);
  const say = (name: string): readonly Prompt[] => sayAlone(world.words, listener, name);
  switch (command) {
    case 'check':
      return answer(world, situation, await checkReply(world, situation.person.id, listener));
    case 'delete':
      return deleteAnswers(world, situation);
    case 'stop':
      return stop(world, situation, say('stopped'));
    case 'start':
      return answer(world, situation, say('started_again'), [
        (tx) => world.contacts.unstop(tx, situation.person.id),
      ]);
    case 'help':
      return answer(world, situation, say('help_idle'));
    case 'me':
      return meTurn(world, situation);
    case 'wrong-number':
      return forgetPerson(world, situation, say('wrong_number'));
    case 'who-is-this':
      return answer(world, situation, await whoIsThis(world, situation));
    default:
      return strayText(world, situation);
  }
}

/** In a conversation the question comes again after the answer, with buttons that still work. */
async function answer(
  world: World,
  situation: Situation,
  say: readonly Prompt[],
  effects: readonly Effect[] = [],
): Promise<DecidedTurn> {
  const { conversation } = situation;
  if (!conversation) return { ...onlySay(situation, say), effects };
  const again = step(world, conversation, { kind: 'command', command: 'again' });
  const decided = await decidedBy(world, { ...situation, conversation }, again, { effects });
  return situation.inbound.channel === 'sms'
    ? { ...decided, say }
    : { ...decided, say: [...say, ...again.say] };
}

function stop(world: World, { person }: Situation, say: readonly Prompt[]): DecidedTurn {
  return {
    personId: person.id,
    change: { kind: 'none' },
    say: person.stopped ? [] : say,
    class: 'opt-out',
    effects: [
      async (tx) => {
        await world.contacts.stop(tx, person.id, 'stop');
        await forgetInvitations(tx, person.id);
        await withdrawPlanned(tx, person.id, STARTED_BY_US, 'opted-out');
      },
    ],
  };
}
