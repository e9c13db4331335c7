/**
 * A conversation whose day's key is gone cannot be read by anybody, ever. It counts as ended: the
 * person is told, kindly, and may begin anew. What they may always say (STOP, HELP, a keyword, that
 * they are in danger) is met as if there had been no conversation.
 */
import { consultationById, consultationByKeyword } from '../consultation/consultations.ts';
import { recogniseCommand } from '../flow/commands.ts';
import { fold } from '../flow/fold.ts';
import type { Command, Prompt } from '../flow/prompt.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { forgetConversation, forgetJoined } from './participations.ts';
import type { ConversationRead } from './read-turn.ts';
import { type Listener, sayAlone } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import { turnWithoutConversation } from './turn-without-conversation.ts';
import type { World } from './world.ts';

/** None of these needs to know where the conversation stood. */
const ANSWERED_ALL_THE_SAME: ReadonlySet<Command> = new Set([
  'stop',
  'start',
  'help',
  'check',
  'me',
  'wrong-number',
  'who-is-this',
]);

export async function turnOnLostPlace(
  world: World,
  situation: Situation,
  lost: ConversationRead,
): Promise<DecidedTurn> {
  const command = commandIn(world, situation);
  if (command === 'delete') return dropped(world, situation, lost);
  const stands = command ? ANSWERED_ALL_THE_SAME.has(command) : await joins(world, situation);
  if (!stands) {
    const say = await placeLost(world, listenerOf(situation), lost);
    return { ...onlySay(situation, say), change: endOf(lost) };
  }
  const turn = await turnWithoutConversation(world, situation);
  if (command === 'stop') return { ...unjoined(turn, situation, lost), change: endOf(lost) };
  if (turn.change.kind !== 'begin') return { ...turn, change: endOf(lost) };
  // A person has one conversation: this one makes room before the other begins.
  await forgetConversation(world.pool, lost.id);
  return turn;
}

/** Nothing to say where the consultation has closed meanwhile: what that means is told elsewhere. */
export async function placeLost(
  world: World,
  listener: Listener,
  lost: ConversationRead,
): Promise<readonly Prompt[]> {
  const consultation = await consultationById(world.pool, lost.consultationId);
  return consultation?.state === 'open'
    ? sayAlone(world.words, listener, 'place_lost', { keyword: consultation.keyword.toUpperCase() })
    : sayAlone(world.words, listener, 'nothing_open');
}

export function endOf({ id, revision }: ConversationRead): DecidedTurn['change'] {
  return { kind: 'end', id, revision };
}

function commandIn({ words }: World, { inbound: { event } }: Situation): Command | undefined {
  if (event.kind === 'command' || event.kind === 'handled-by-provider') return event.command;
  return event.kind === 'text'
    ? recogniseCommand(event.text, words.vocabulary, {})?.command
    : undefined;
}

async function joins(world: World, { inbound: { event } }: Situation): Promise<boolean> {
  if (event.kind === 'join') return true;
  return (
    event.kind === 'text' &&
    (await consultationByKeyword(world.pool, fold(event.text))) !== undefined
  );
}

/** DELETE: what was under way is gone already, and they no longer take part. */
function dropped(world: World, situation: Situation, lost: ConversationRead): DecidedTurn {
  const say = sayAlone(world.words, listenerOf(situation), 'delete_unfinished');
  return { ...unjoined(onlySay(situation, say), situation, lost), change: endOf(lost) };
}

function unjoined(turn: DecidedTurn, { person }: Situation, lost: ConversationRead): DecidedTurn {
  const unjoin: Effect = (tx) => forgetJoined(tx, person.id, lost.consultationId);
  return { ...turn, effects: [...turn.effects, unjoin] };
}
