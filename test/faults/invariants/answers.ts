/** What people said is there, once, and only for as long as they want it to be. */
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

/** However often it came: one reply, one step forward, one answer. */
export const appliedOnce: Invariant = ({ rows, texts, people, releasedIdeas }) => {
  const answered = rows.flatMap(({ answers }) => (answers === null ? [] : [answers]));
  const repeated = texts.filter(({ replies }) => replies.length > 1).length;
  // Whoever is not hasty wrote nothing but their idea: a choice that is kept as one came twice.
  const known = new Set(people.map((one) => one.idea));
  const theirs = releasedIdeas.filter((idea) => known.has(idea));
  const strange = releasedIdeas.length - theirs.length;
  const mayBeStrange = people.filter((one) => one.isHasty).length;
  return [
    ...some(answered.length - new Set(answered).size, 'texts were replied to by two rows'),
    ...some(repeated, 'phones showed a reply twice'),
    ...some(theirs.length - new Set(theirs).size, 'ideas are there twice'),
    ...some(Math.max(0, strange - mayBeStrange), 'answers that nobody gave'),
  ];
};

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
        replies.some((reply) => /Your answers to .* are deleted/.test(reply)),
      )
      .map(({ from }) => from),
  );
  const still = people.filter((one) => told.has(one.number) && releasedIdeas.includes(one.idea));
  return some(still.length, 'were told that their answers are deleted, and these were released');
};
