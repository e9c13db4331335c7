/** A machine that is off at night releases and deletes when it is switched on. */
import { expect, test } from 'vitest';
import { startTasks } from '../../src/app/tasks.ts';
import { openTestHeard } from '../support/open-test-heard.ts';

test('what the night should have done is made up for in the morning', async () => {
  await using on = await openTestHeard({}, new Date());
  const { world } = on.heard;
  const { pool } = world;
  const heard = {
    ...on.heard,
    world: { ...world, ambient: { ...world.ambient, below: () => 90 } },
  };
  await (await startTasks(heard)).stop();
  await pool.query(
    `update graphile_worker._private_known_crontabs
     set known_since = now() - interval '2 days', last_execution = now() - interval '2 days'`,
  );
  await pool.query(`insert into conv.seen (id, day) values ('\\x01', '2020-01-01')`);
  const tasks = await startTasks(heard);
  await expect.poll(async () => (await pool.query('select from conv.seen')).rowCount).toBe(0);
  const planned = () =>
    pool
      .query(
        `select run_at between now() and now() + interval '91 minutes' as soon
         from graphile_worker.jobs where task_identifier = 'release'`,
      )
      .then(({ rows }) => rows);
  await expect.poll(planned).toHaveLength(1);
  await tasks.stop();
});
