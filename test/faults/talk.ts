/** The first part of a run: people are invited, take part, go quiet, tell of harm. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { createContacts } from '../../src/privacy/contacts.ts';
import { befall } from './mishaps/befall.ts';
import { inTransaction } from './mishaps/database-mishaps.ts';
import {
  CANNOT_BE_OPENED,
  IN_NEED,
  INVITED,
  NO_WAY_THERE,
  OPTED_OUT_AT_PROVIDER,
  type Person,
  SILENT,
  TELLS_OF_HARM,
} from './people.ts';
import { goQuiet, type Phones, takePart } from './phones.ts';
import type { Stage } from './stage.ts';
import { hurry, remindersAreDue, signpostsAreSettled } from './time.ts';
import { untilItWorks } from './until-it-works.ts';
import { poisonAddresses, poisonWords } from './watching/trouble.ts';

export async function invite({ fleet, folder }: Stage): Promise<void> {
  const audience = join(folder, 'people.csv');
  const invited = [...INVITED, OPTED_OUT_AT_PROVIDER];
  await writeFile(
    audience,
    `number,source,language\n${invited.map((one) => `${one},Bury Youth Service,en\n`).join('')}`,
  );
  const launch = ['launch', 'flows/chesham-park.flow.yaml', '--audience', audience];
  if ((await fleet.heard(launch)).said === undefined)
    throw new Error(`the launch failed: ${fleet.output().slice(-600)}`);
}

export async function peopleTalk(
  stage: Stage,
  phones: Phones,
  people: readonly Person[],
): Promise<{
  readonly stopHurrying: () => Promise<void>;
  /** To whom nothing can be sent any more: the ids of people. */
  readonly poisoned: readonly string[];
}> {
  const { plan, pool, tally, chance } = stage;
  const personOf = await peopleByNumber(stage);
  const idsOf = (numbers: readonly string[]): readonly string[] =>
    numbers.flatMap((number) => personOf.get(number) ?? []);
  const poisoned = idsOf([...NO_WAY_THERE, ...CANNOT_BE_OPENED]);
  await poisonWords(pool, idsOf(CANNOT_BE_OPENED));
  await poisonAddresses(pool, idsOf(NO_WAY_THERE));
  const hurrying = hurry(pool, poisoned);
  const copies = [50, 1_000];
  const quiet = Promise.all(SILENT.map((number) => goQuiet(phones, number)));
  await Promise.all([
    ...people.map((person) =>
      takePart(phones, tally, person, person.isHasty ? undefined : copies.shift()),
    ),
    quiet.then(() => remindersAreDue(pool)),
    inNeed(stage, phones),
    befall({ ...stage, chance: chance.apart('talk') }, plan.talkMishaps, tally),
  ]);
  return { stopHurrying: hurrying.stop, poisoned };
}

/** One after the other, so that each one's signpost can be told from the others'. */
async function inNeed({ pool, tally }: Stage, phones: Phones): Promise<void> {
  for (const [at, number] of IN_NEED.entries()) {
    await goQuiet(phones, number);
    const isNoted = (): Promise<boolean> => untilItWorks(async () => (await signposts(pool)) > at);
    if (await tellAndBeGone(pool, phones, number, isNoted))
      tally.note('a phone hangs up on a signpost');
  }
  // A machine that dies again and again at one point until feedback is there would take one signpost
  // with it each time: more often than anybody would start it again.
  await signpostsAreSettled(pool);
}

const GONE_AFTER_MS = 500;
const MOST_TRIES = 10;

/**
 * Somebody tells of harm, and is gone before the answer comes: nothing can be written until then.
 * False when they had to stay for it.
 */
async function tellAndBeGone(
  pool: Pool,
  phones: Phones,
  number: string,
  isNoted: () => Promise<boolean>,
): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const isGone = await inTransaction(pool, async (client) => {
      await client.query('lock table delivery.outbox in share row exclusive mode');
      return phones.hangUp(number, TELLS_OF_HARM, GONE_AFTER_MS);
    }).catch(() => false);
    for (let look = 0; look < 10; look++) {
      if (await isNoted()) return isGone;
      await sleep(100);
    }
  }
  await phones.text(number, TELLS_OF_HARM);
  return false;
}

async function signposts(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `select from faults.transition where class = 'signpost' and was is null and not is_copy`,
  );
  return rowCount ?? 0;
}

/** Everybody whose address is kept. */
export async function peopleByNumber({ pool, keys }: Stage): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ person_id: string }>('select person_id from contact.address');
  const standings = await createContacts(keys, systemAmbient).standingsOf(
    pool,
    rows.map((row) => row.person_id),
  );
  return new Map(
    [...standings].flatMap(([id, { home }]) =>
      typeof home === 'object' ? [[home.address, id] as const] : [],
    ),
  );
}
