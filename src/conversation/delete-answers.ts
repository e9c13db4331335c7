/**
 * DELETE: takes answers back for as long as that is possible. What is under way is dropped with its
 * conversation; what was finished is taken out of the pool until it is released. Afterwards nobody
 * can find it, and the reply says so.
 */
import { consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { noteDropped } from '../privacy/erasures.ts';
import { withdraw } from '../privacy/pool.ts';
import { circleOf } from './circle.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { forgetJoined, forgetUnfinished, participationsOf } from './participations.ts';
import { type Listener, say, sayAlone, statement } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

export async function deleteAnswers(world: World, situation: Situation): Promise<DecidedTurn> {
  const { conversation, person } = situation;
  if (conversation) {
    const { id, revision, consultationId } = conversation;
    return {
      personId: person.id,
      change: { kind: 'end', id, revision },
      say: sayAlone(world.words, listenerOf(situation), 'delete_unfinished'),
      class: 'reply',
      effects: [
        async (tx) => {
          await noteDropped(tx, world.keys, id);
          await forgetJoined(tx, person.id, consultationId);
        },
      ],
    };
  }
  const listener = listenerOf(situation);
  const circle = await circleOf(world.pool, person);
  const taken = await takeBackLatest(world, circle, { ...listener, stopped: person.stopped });
  if (taken.kind === 'nothing' && circle.length > 1) {
    const elsewhere = await dropElsewhere(world, situation, circle.slice(1));
    if (elsewhere) return elsewhere;
  }
  return onlySay(situation, [statement(taken.text, listener.language)]);
}

/** Half-done answers on a channel that they have linked. */
async function dropElsewhere(
  world: World,
  situation: Situation,
  others: readonly string[],
): Promise<DecidedTurn | undefined> {
  const { rows } = await world.pool.query<{ person_id: string }>(
    'select person_id from conv.conversation where person_id = any($1::uuid[]) limit 1',
    [others],
  );
  const [open] = rows;
  if (!open) return undefined;
  return {
    ...onlySay(situation, sayAlone(world.words, listenerOf(situation), 'delete_unfinished')),
    effects: [(tx) => forgetUnfinished(tx, world.keys, open.person_id)],
  };
}

interface Taken {
  readonly kind: 'taken' | 'nothing';
  readonly text: string;
}

/**
 * The latest finished answers that still wait. It is done before the reply is written: taking back
 * twice does no harm, and a reply that says "deleted" must never come first.
 */
async function takeBackLatest(
  world: World,
  circle: readonly string[],
  listener: Listener & { readonly stopped: boolean },
): Promise<Taken> {
  const finished = await finishedBy(world, circle);
  for (const [consultationId, people] of finished) {
    let taken = false;
    for (const person of people) {
      const answer = { consultation: consultationId, person };
      taken = (await withdraw(world.pool, world.keys, answer)) === 'withdrawn' || taken;
    }
    if (!taken) continue;
    const name = await nameOf(world, consultationId, listener.language);
    const done = listener.stopped ? 'delete_done_stopped' : 'delete_done';
    return { kind: 'taken', text: say(world.words, listener, done, { name }) };
  }
  const tooLate = listener.stopped ? 'delete_too_late_stopped' : 'delete_too_late';
  const name = finished.size > 0 ? tooLate : 'delete_nothing';
  return { kind: 'nothing', text: say(world.words, listener, name) };
}

/** By consultation, the latest first: who of them finished it. */
async function finishedBy(
  world: World,
  circle: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all: { readonly person: string; readonly on: string; readonly what: string }[] = [];
  for (const person of circle) {
    for (const one of await participationsOf(world.pool, person))
      if (one.state === 'done') all.push({ person, on: one.joinedOn, what: one.consultationId });
  }
  const by = new Map<string, string[]>();
  for (const { person, what } of all.toSorted((a, b) => b.on.localeCompare(a.on)))
    by.set(what, [...(by.get(what) ?? []), person]);
  return by;
}

async function nameOf(world: World, consultationId: string, language: string): Promise<string> {
  const consultation = await consultationById(world.pool, consultationId);
  if (!consultation) return '';
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  return textIn(flow.quietName, language);
}
