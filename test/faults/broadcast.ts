/**
 * The second part of a run: everybody is told what happened, while more people take part, some
 * leave, and the first answers are released.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { outboxFigures } from '../../src/delivery/figures.ts';
import type { Sums } from './invariants/seen.ts';
import { befall } from './mishaps/befall.ts';
import type { Person } from './people.ts';
import { type Phones, takePart } from './phones.ts';
import { releaseWhileTheyDelete } from './releases.ts';
import { type Stage, whileTheyAreTold } from './stage.ts';
import { ask, untilItWorks } from './until-it-works.ts';

export interface Broadcast {
  readonly planned: number;
  readonly sums: readonly Sums[];
  /** Who left, and who asked for their answers back. */
  readonly leaving: ReadonlySet<string>;
  readonly regretful: ReadonlySet<string>;
  /** And who did so as late as can be. */
  readonly lateRegretful: ReadonlySet<string>;
  readonly stopWatching: () => Promise<void>;
}

const LEAVING = 6;
/** Of these, so many leave in the very moment in which they are written to. */
const LEAVING_IN_THE_CALL = 3;
const REGRETFUL = 4;
const LATE_REGRETFUL = 2;
/** Of the second wave, so many come in the middle of it all. */
const BESIDE = 8;

export async function tellEverybody(
  stage: Stage,
  phones: Phones,
  first: readonly Person[],
  second: readonly Person[],
): Promise<Broadcast> {
  const { plan, pool, tally, chance, provider, folder } = stage;
  const steady = chance.apart('leaving').shuffled(first.filter((one) => !one.isHasty));
  const numbers = steady.map(({ number }) => number);
  const leaving = new Set(numbers.slice(0, LEAVING));
  const regretful = new Set(numbers.slice(LEAVING, LEAVING + REGRETFUL));

  // The replies of before have used up the sender's rate: that debt is not this run's matter.
  await ask(pool, 'update delivery.bucket set tokens = 0, refilled_at = clock_timestamp()');
  const { broadcast, planned } = await planTelling(stage);
  const watching = watchSums(pool, broadcast);
  await writeFile(whileTheyAreTold(folder), '');
  provider.loseOne();
  const leave = (number: string): Promise<unknown> => {
    const words = ['STOP', 'STOP please', 'pls stop texting me'];
    return phones.text(number, chance.apart(`stop of ${number}`).pick(words));
  };
  for (const number of numbers.slice(0, LEAVING_IN_THE_CALL))
    provider.whileCalled(number, () => leave(number));
  const takePartTogether = (people: readonly Person[]) =>
    Promise.all(people.map((person) => takePart(phones, tally, person)));
  await Promise.all([
    takePartTogether(second.slice(0, BESIDE)),
    ...numbers.slice(LEAVING_IN_THE_CALL, LEAVING).map(async (number) => {
      await sleep(chance.apart(`when ${number} stops`).below(5_000));
      await leave(number);
    }),
    // Those who come after the releases are enough for the last one, whoever took theirs back.
    releaseWhileTheyDelete(stage, phones, regretful).then(() =>
      takePartTogether(second.slice(BESIDE)),
    ),
    befall({ ...stage, chance: chance.apart('broadcast') }, plan.broadcastMishaps, tally),
  ]);
  return {
    planned,
    sums: watching.sums,
    leaving,
    regretful,
    lateRegretful: new Set(
      second
        .filter((one) => !one.isHasty)
        .slice(-LATE_REGRETFUL)
        .map(({ number }) => number),
    ),
    stopWatching: watching.stop,
  };
}

/** A command may fall in the middle of the trouble: what it did before that is in the database. */
async function planTelling({
  fleet,
  folder,
  pool,
}: Stage): Promise<{ readonly broadcast: string; readonly planned: number }> {
  const file = join(folder, 'happened.txt');
  await writeFile(file, 'Most picked the ramp. Work starts in May.');
  for (let tries = 0; tries < 10; tries++) {
    await fleet.heard(['feedback', 'PARK', '--text-file', file]);
    const { rows } = await pool
      .query<{ id: string; planned: number }>('select id, planned from feedback.broadcast')
      .catch(() => ({ rows: [] }));
    // What happened, and the question whether we got it right.
    if (rows[0]) return { broadcast: rows[0].id, planned: 2 * rows[0].planned };
    await sleep(300);
  }
  throw new Error(`nobody could be told what happened: ${fleet.output().slice(-600)}`);
}

function watchSums(pool: Pool, broadcast: string) {
  const sums: Sums[] = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const now = await outboxFigures(pool, broadcast).catch(() => undefined);
      if (now) sums.push(now);
      await sleep(150);
    }
  })();
  return {
    sums,
    stop: async (): Promise<void> => {
      stopped = true;
      await watching;
      sums.push(await untilItWorks(() => outboxFigures(pool, broadcast)));
    },
  };
}
