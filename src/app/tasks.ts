/**
 * The work that no request asks for, as cron sweeps: reminders and expiry, the nightly release,
 * figures, ratings, what has outlived its time. Every sweep may run twice and on any node.
 */
import type { Heard } from '../app.ts';
import { release } from '../consultation/release.ts';
import { expireDue, remindDue } from '../conversation/wake.ts';
import { reconcile } from '../delivery/reconcile.ts';
import { deleteEnded } from '../delivery/retention.ts';
import { startJobs } from '../platform/jobs.ts';
import { countRatings, sweepDayKeys, sweepPeople, sweepSeen } from './sweeps.ts';

/** Minutes between 02:00 and 05:00: nobody can know beforehand when a night's release runs. */
const RELEASE_WINDOW_MINUTES = 180;

const CRONTAB = `
* * * * * wake
* * * * * reconcile
0 2 * * * plan_release
17 * * * * ratings
30 5 * * * retention
`;

export function startTasks(heard: Heard): Promise<{ readonly stop: () => Promise<void> }> {
  const { world, releaseDeps } = heard;
  const { ambient, pool } = world;
  return startJobs({
    url: heard.databaseUrl,
    pool,
    log: heard.log,
    crontab: CRONTAB,
    tasks: {
      wake: async () => {
        await remindDue(world);
        await expireDue(world);
      },
      reconcile: async () => {
        await reconcile(pool, ambient);
      },
      plan_release: async (_payload, { addJob }) => {
        const minutes = ambient.below(RELEASE_WINDOW_MINUTES);
        const runAt = new Date(ambient.now().getTime() + minutes * 60_000);
        await addJob('release', {}, { runAt, jobKey: 'release' });
      },
      release: async () => {
        await release(releaseDeps);
      },
      ratings: async () => {
        await countRatings(world);
      },
      retention: async () => {
        await deleteEnded(pool, ambient);
        await sweepSeen(world);
        await sweepPeople(world);
        await sweepDayKeys(world);
      },
    },
  });
}
