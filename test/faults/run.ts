/**
 * One run by its seed: people are invited, take part, opt out and are told what happened while
 * machines, database and provider fail; then all of it recovers, and what was seen is judged. A run
 * in which a planned fault never happened has shown nothing about it, and has failed too.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { openPool, type Pool } from '../../src/platform/postgres.ts';
import { temporaryFolder } from '../support/processes.ts';
import type { Breakage, Line } from './breakages.ts';
import { tellEverybody } from './broadcast.ts';
import { chanceFrom } from './chance.ts';
import { FOR_GOOD, TRICKS } from './faults.ts';
import { gather } from './gather.ts';
import { broken } from './invariants/invariants.ts';
import { rowsByNonce, type Seen } from './invariants/seen.ts';
import { type OwnPostgres, underAnotherName } from './own-postgres.ts';
import { FIRST_WAVE, peopleOf, SECOND_WAVE } from './people.ts';
import { phonesOn } from './phones.ts';
import { releaseTheRest } from './releases.ts';
import { searchEverywhere } from './search.ts';
import { planFor, plannedFaults } from './seed-plan.ts';
import { account, type Ground, type Stage, setUp } from './stage.ts';
import { withItsStory } from './story.ts';
import { invite, peopleTalk } from './talk.ts';
import { createTally, type Tally } from './tally.ts';
import { settle, threeDaysPass } from './time.ts';
import { untilItWorks } from './until-it-works.ts';
import { installWatching, stopsThatRaced } from './watching/transitions.ts';
import { installTrouble } from './watching/trouble.ts';

export interface Run {
  readonly whatIsBroken: readonly string[];
  /** Planned, and never happened. */
  readonly untested: readonly string[];
  readonly planned: readonly string[];
  /** What befell it, for whoever reads about a seed that failed. */
  readonly story: string;
}

export async function run(seed: number, postgres: OwnPostgres, breakage?: Breakage): Promise<Run> {
  const name = `seed_${seed}`;
  using folder = temporaryFolder();
  const url = await postgres.newDatabase(name);
  const pool = openPool(underAnotherName(url), { max: 8 });
  const plan = planFor(seed);
  const ground: Ground = {
    plan,
    chance: chanceFrom(seed),
    tally: createTally(),
    postgres,
    pool,
    url,
    folder: folder.path,
    since: Date.now(),
    breakage,
    stopping: new Set(),
  };
  try {
    await installWatching(pool);
    await installTrouble(pool, seed);
    await breakFunctions(pool, breakage?.lines ?? []);
    const seen = await withItsStory(inTime(play(ground)), ground);
    return {
      whatIsBroken: broken(seen),
      untested: ground.tally.missing(plannedFaults(plan)),
      planned: [...plannedFaults(plan)],
      story: `seed ${seed} on ${plan.roles.join(', ')}\n${ground.tally.story()}`,
    };
  } finally {
    for (const stop of ground.stopping) await stop();
    await pool.end();
    await postgres.drop(name);
  }
}

/** What of it is in the database, where no machine loads it. */
async function breakFunctions(pool: Pool, lines: readonly Line[]): Promise<void> {
  for (const { file, right, wrong } of lines) {
    if (!file.startsWith('migrations/')) continue;
    const { rows } = await pool.query<{ definition: string }>(
      `select pg_get_functiondef(oid) as definition from pg_proc
       where pronamespace = 'delivery'::regnamespace and position($1 in prosrc) > 0`,
      [right],
    );
    if (rows.length === 0) throw new Error(`nothing to break in ${file}`);
    for (const { definition } of rows) await pool.query(definition.replace(right, () => wrong));
  }
}

/** With the program broken, it may take long until nothing more can be done. */
const LONGEST_MS = process.env['FAULT_BREAKAGES'] === undefined ? 340_000 : 500_000;

async function inTime<Result>(playing: Promise<Result>): Promise<Result> {
  const ended = new AbortController();
  const late = sleep(LONGEST_MS, undefined, { signal: ended.signal }).then(() => {
    throw new Error('the run does not come to an end');
  });
  late.catch(() => {});
  return Promise.race([playing, late]).finally(() => ended.abort());
}

async function play(ground: Ground): Promise<Seen> {
  const stage = await setUp(ground);
  const { chance, pool, fleet, provider, tally } = stage;
  const phones = phonesOn(fleet, account, chance.apart('phones'));
  const first = peopleOf(chance.apart('first wave'), FIRST_WAVE, 0);
  const second = peopleOf(chance.apart('second wave'), SECOND_WAVE, FIRST_WAVE);

  tally.mark('people are invited');
  await invite(stage);
  tally.mark('people talk');
  const { stopHurrying, poisoned } = await peopleTalk(stage, phones, first);
  tally.mark('before any release all is searched');
  const before = await searchEverywhere('before any release', {
    ...stage,
    areReleased: false,
  });
  tally.mark('everybody is told');
  const broadcast = await tellEverybody(stage, phones, first, second);
  const after = await searchEverywhere('after a release', { ...stage, areReleased: true });

  tally.mark('the trouble ends');
  await stopHurrying();
  await fleet.allUp();
  await recover(stage);
  tally.mark('what was held back is reported');
  await provider.reportTheLate();
  await threeDaysPass(pool);
  await provider.reportThreeDaysLate();
  await settle(stage, { mayEnd: () => true, end: () => {} });
  await broadcast.stopWatching();
  tally.mark('everything is released');
  await releaseTheRest(stage, phones, broadcast.lateRegretful);
  const atTheEnd = await searchEverywhere('at the end', { ...stage, areReleased: true });

  tally.mark('what was seen is gathered');
  const told = {
    phones,
    people: [...first, ...second],
    broadcast,
    searches: [before, after, atTheEnd],
    poisoned,
  };
  const seen = await untilItWorks(() => gather(stage, told));
  const races = await untilItWorks(() => stopsThatRaced(pool));
  tally.note('STOP races the broadcast', races);
  noteTroubled(tally, provider.troubled, seen);
  return seen;
}

function recover(stage: Stage): Promise<void> {
  const { plan, provider, tally } = stage;
  const planned = [...plannedFaults(plan)];
  const ofTheProvider = planned.filter((one) => PROVIDERS.has(one));
  return settle(stage, {
    mayEnd: () => ofTheProvider.every((one) => tally.count(one) > 0),
    end: provider.recover,
  });
}

/** What can still come while the trouble goes on. */
const PROVIDERS: ReadonlySet<string> = new Set([
  ...TRICKS,
  FOR_GOOD,
  'a list that cannot be read',
  'silence of 35 s',
]);

function noteTroubled(tally: Tally, nonces: readonly string[], seen: Seen): void {
  const rows = rowsByNonce(seen.transitions);
  const classes = nonces.map((nonce) => rows.get(nonce)?.class);
  tally.note('a reminder meets a fault', classes.filter((kind) => kind === 'reminder').length);
  tally.note('a signpost meets a fault', classes.filter((kind) => kind === 'signpost').length);
  const setAside = (reason: RegExp): number =>
    seen.rows.filter(
      (row) =>
        seen.poisoned.includes(row.personId) &&
        row.state === 'failed' &&
        reason.test(row.reason ?? ''),
    ).length;
  tally.note('poison: no way to its address', setAside(/^address-not-opened$/));
  tally.note('poison: cannot be opened', setAside(/^unreadable$/));
}
