/** What people said is there, once, and only for as long as they want it to be. */
import { ANSWER_WITHIN_MS } from '../fleet.ts';
import { type Invariant, type Seen, some } from './seen.ts';

/** Once we answered with success, the text is there. */
export const nothingLost: Invariant = ({
  texts,
  hashes,
  keptHashes,
  people,
  regretful,
  releasedIdeas,
}) => {
  const lost = texts.filter(({ sid }) => !keptHashes.has(hashes.get(sid) ?? '')).length;
  const ideas = people.filter(
    (one) => !one.isHasty && !regretful.has(one.number) && !releasedIdeas.includes(one.idea),
  ).length;
  return [...some(lost, 'texts are not noted'), ...some(ideas, 'answers are not there')];
};

/**
 * However often it came: one reply, one step forward, one answer. What nobody has confirmed for
 * fifteen seconds, because the machine that gave it was killed, is given once more (unsent-reply.ts);
 * a phone is slow to take the first of the two by as long as it waits.
 */
export const appliedOnce: Invariant = ({ rows, texts, people, releasedIdeas }) => {
  const answered = rows.flatMap(({ answers }) => (answers === null ? [] : [answers]));
  const repeated = texts.filter(({ replies }) =>
    replies.some(({ at }, next) => next > 0 && at - (replies[next - 1]?.at ?? 0) < GIVEN_AGAIN_MS),
  ).length;
  const known = new Set(people.map((one) => one.idea));
  const theirs = releasedIdeas.filter((idea) => known.has(idea));
  return [
    ...some(answered.length - new Set(answered).size, 'texts were replied to by two rows'),
    ...some(repeated, 'phones showed a reply twice'),
    ...some(theirs.length - new Set(theirs).size, 'ideas are there twice'),
  ];
};

const GIVEN_AGAIN_MS = 15_000 - ANSWER_WITHIN_MS;

/**
 * To whoever sends two texts at once the questions may come in another order than their answers: what
 * they say while the last question is open is their answer to it, in their own words, be it the
 * choice once more. No other text becomes another's, GO said once more is no answer to anything, and
 * no choice is there that was not made.
 */
export const hastyIsHeard: Invariant = ({ people, releasedIdeas, releasedChoices }) => {
  const ideas = new Set(people.map((one) => one.idea));
  const hasty = people.filter((one) => one.isHasty);
  const mayStand = count(hasty.map((one) => one.choice));
  const strange = count(releasedIdeas.filter((idea) => !ideas.has(idea)));
  const made = count(people.map((one) => one.choice));
  const chosen = count(releasedChoices.filter((choice) => choice !== null));
  return [
    ...some(beyond(strange, mayStand), 'answers that nobody gave'),
    ...some(Math.max(0, total(strange) - hasty.length), 'words of the hasty are there twice'),
    ...some(beyond(chosen, made), 'choices that nobody made'),
  ];
};

function count(all: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0);
}

/** How many there are more of each than there may be. */
function beyond(counts: ReadonlyMap<string, number>, most: ReadonlyMap<string, number>): number {
  const extra = [...counts].map(([one, times]) => [one, times - (most.get(one) ?? 0)] as const);
  return total(new Map(extra.filter(([, times]) => times > 0)));
}

export const oneResponseEach: Invariant = (seen) => {
  const { completed, releasedChoices, waiting, people, regretful } = seen;
  const responses = releasedChoices.length + waiting;
  const expected = completed - takenBack(seen);
  const wanted = people.filter((one) => !one.isHasty && !regretful.has(one.number));
  const wrong = (['ramp', 'lights', 'goals'] as const).filter(
    (choice) =>
      releasedChoices.filter((one) => one === choice).length <
      wanted.filter((one) => one.choice === choice).length,
  );
  return [
    ...(responses === expected ? [] : [`${expected} completed and kept, ${responses} responses`]),
    ...some(wrong.length, 'choices have fewer answers than were given'),
  ];
};

/** Whether a DELETE came in time is the program's to say; then it must be so. */
function takenBack({ people, regretful, releasedIdeas }: Seen): number {
  return people.filter((one) => regretful.has(one.number) && !releasedIdeas.includes(one.idea))
    .length;
}

export const deletedIsGone: Invariant = ({ people, texts, releasedIdeas }) => {
  const told = new Set(
    texts
      .filter(({ replies }) =>
        replies.some(({ said }) => /Your answers to .* are deleted/.test(said)),
      )
      .map(({ from }) => from),
  );
  const still = people.filter((one) => told.has(one.number) && releasedIdeas.includes(one.idea));
  return some(still.length, 'were told that their answers are deleted, and these were released');
};
