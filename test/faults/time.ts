/**
 * Time passes faster than it does: what would wait for minutes or days comes due. The work is left to
 * the machines' own sweeps, by their own timetable, whose minutes are short (MINUTE_MS).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Stage } from './stage.ts';
import { ask } from './until-it-works.ts';

/** How long a minute of the machines' timetable is. */
export const MINUTE_MS = 700;

/** Has one of the machines run what comes by more seldom than every minute. */
async function sweep(pool: Pool, ...tasks: readonly string[]): Promise<void> {
  await ask(
    pool,
    `select graphile_worker.add_job(task, queue_name := task, job_key := task, max_attempts := 3)
     from unnest($1::text[]) as task`,
    [tasks],
  );
}

/** What waits for its next try, or for a minute without an answer, in the middle of the trouble. */
export function hurry(pool: Pool, people: readonly string[]): { stop: () => Promise<void> } {
  let stopped = false;
  const hurrying = (async () => {
    while (!stopped) {
      await pool.query(HURRY, [people]).catch(() => {});
      await pool.query(REMINDERS_OF_INVITATIONS_ARE_DUE).catch(() => {});
      await sleep(MINUTE_MS);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await hurrying;
    },
  };
}

/**
 * Minutes pass for what is unknown, but none in which its look at the provider's list is overdue:
 * here the sweeps cannot come by as often as they would in so many minutes.
 */
const GROWS_OLDER = `
  case when sought > 0 then attempted_at - interval '4 minutes'
  else least(attempted_at, greatest(attempted_at - interval '4 minutes',
                                    clock_timestamp() - interval '24 minutes')) end`;

/** Whoever has tried once has tried often: each further try has the whole sender wait longer. */
const HURRY = `
  update delivery.outbox
  set not_before = least(not_before, clock_timestamp()),
      attempts = case when state = 'planned' and attempts > 0 then greatest(attempts, 7)
                 else attempts end,
      attempted_at = case state when 'unknown' then ${GROWS_OLDER}
        when 'attempting' then attempted_at - interval '1 minute' else attempted_at end
  where state = 'planned' and person_id = any($1::uuid[])
     or state = 'unknown' and class <> 'reply'
     or state = 'attempting' and class = 'signpost' and lease_until is null
        and attempted_at < clock_timestamp() - interval '2 seconds'`;

/** As soon as an invitation has left: one that still waits is looked at again in the next round. */
const REMINDERS_OF_INVITATIONS_ARE_DUE = `
  with aged as (
    update delivery.outbox set attempted_at = clock_timestamp() - interval '5 days'
    where class = 'invitation' and was_accepted
      and attempted_at > clock_timestamp() - interval '4 days'
  )
  update conv.invitation set remind_at = clock_timestamp() - interval '1 day'
  where remind_at > clock_timestamp()`;

/** Reminders are due for whoever has gone quiet. */
export async function remindersAreDue(pool: Pool): Promise<void> {
  await ask(pool, `update conv.conversation set remind_at = remind_at - interval '5 days'`);
}

/** Far more than a quiet machine needs: a busy one takes longer over the same. */
const MOST_STEPS = 120;
const STEPS_IN_TROUBLE = 8;

/** Steps of four minutes until nothing is left to be done; the trouble ends on the way. */
export async function settle(
  { pool, tally }: Pick<Stage, 'pool' | 'tally'>,
  trouble: { readonly mayEnd: () => boolean; readonly end: () => void },
): Promise<void> {
  // A reply that a dead machine never confirmed holds its person's other messages for a minute.
  await ask(pool, UNCONFIRMED_REPLIES_AGE);
  let isOver = false;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!isOver && (trouble.mayEnd() || step >= STEPS_IN_TROUBLE)) {
      trouble.end();
      isOver = true;
    }
    await ask(pool, PASS_TIME);
    await sleep(MINUTE_MS);
    const { rowCount } = await ask(pool, UNSETTLED);
    if (isOver && rowCount === 0) return;
  }
  const { rows } = await ask<{ what: string }>(pool, LEFT_OVER);
  tally.mark(`  did not come to an end: ${rows.map(({ what }) => what).join(', ')}`);
}

const UNCONFIRMED_REPLIES_AGE = `
  update delivery.outbox set attempted_at = attempted_at - interval '1 minute'
  where state = 'attempting' and lease_until is null`;

/** Leases of the dead end, waits are over, what is unknown grows older. */
const PASS_TIME = `
  update delivery.outbox
  set lease_until = case
        when state = 'claimed' and lease_until < clock_timestamp() + interval '55 seconds'
          or state = 'attempting' and attempted_at < clock_timestamp() - interval '5 seconds'
        then clock_timestamp() - interval '1 second' else lease_until end,
      not_before = least(not_before, clock_timestamp()),
      attempted_at = case when state = 'unknown' then ${GROWS_OLDER} else attempted_at end
  where state in ('planned', 'claimed', 'attempting', 'unknown')
    and (state <> 'attempting' or lease_until is not null)`;

const GOES_AGAIN = `
  state = 'unknown' and not resent
    and (class = 'feedback' and resend_of is null
         or class = 'signpost'
            and (select count(*) from delivery.outbox copy
                 where copy.resend_of = coalesce(o.resend_of, o.id)) < 4)`;
const IS_UNSETTLED = `
  state in ('planned', 'claimed') or state = 'attempting' and lease_until is not null
    or ${GOES_AGAIN}`;
const UNSETTLED = `select from delivery.outbox o where ${IS_UNSETTLED}`;
const LEFT_OVER = `
  select count(*) || ' ' || class || ' ' || state || coalesce(' (' || reason || ')', '') as what
  from delivery.outbox o where ${IS_UNSETTLED} group by class, state, reason`;

/** Long for the times that a signpost goes again; a program that is broken may never come to it. */
const LOOKS_FOR_SIGNPOSTS = 60;

export async function signpostsAreSettled(pool: Pool): Promise<void> {
  for (let look = 0; look < LOOKS_FOR_SIGNPOSTS; look++) {
    const { rowCount } = await ask(pool, UNSETTLED_SIGNPOSTS);
    if (rowCount === 0) return;
    await sleep(MINUTE_MS / 2);
  }
}

const UNSETTLED_SIGNPOSTS = `
  select from delivery.outbox o
  where class = 'signpost' and (state in ('planned', 'claimed', 'attempting') or ${GOES_AGAIN})`;

/** What happened is three days ago, and the sweeps of these days have been. */
export async function threeDaysPass(pool: Pool): Promise<void> {
  await ask(
    pool,
    `update delivery.outbox set attempted_at = attempted_at - interval '3 days',
            ended_on = ended_on - 3
     where state not in ('planned', 'claimed')`,
  );
  await sweep(pool, 'hourly', 'drop-copies');
  for (let look = 0; look < 100; look++) {
    await sleep(100);
    const { rowCount } = await ask(
      pool,
      `select from graphile_worker.jobs where task_identifier in ('hourly', 'drop-copies')`,
    );
    if (rowCount === 0) return;
  }
}
