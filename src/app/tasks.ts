/**
 * The work that no request asks for, as cron sweeps: reminders and expiry, the nightly release,
 * figures, ratings, what has outlived its time. Every sweep may run twice and on any node.
 */
import type { Heard } from '../app.ts';
import { release } from '../consultation/release.ts';
import { newFigures } from '../conversation/count.ts';
import { remindSilentInvitees } from '../conversation/remind-invitees.ts';
import {
  deleteOldMarks,
  deleteOldParticipations,
  deleteStrangers,
  destroyOldDayKeys,
} from '../conversation/retention.ts';
import { countRatings } from '../conversation/score.ts';
import { endLeftOver, expireDue, remindDue } from '../conversation/wake.ts';
import { giveUpReplies, reconcile } from '../delivery/reconcile.ts';
import { clearOldBodies, deleteEnded, outboxKeyDays } from '../delivery/retention.ts';
import { type Jobs, startJobs, type Task } from '../platform/jobs.ts';

/** Minutes from 02:00: nobody can know beforehand when a night's release runs. */
const RELEASE_WINDOW_MINUTES = 180;

const CRONTAB = [
  { task: 'wake', at: '* * * * *' },
  { task: 'reconcile', at: '* * * * *' },
  { task: 'hourly', at: '17 * * * *' },
  { task: 'plan-release', at: '0 2 * * *' },
  { task: 'retention', at: '30 5 * * *' },
] as const;

export async function startTasks(heard: Heard): Promise<Pick<Jobs, 'stop'>> {
  const { log } = heard;
  const jobs: Jobs = await startJobs(heard.databaseUrl, {
    log,
    crontab: CRONTAB,
    tasks: {
      ...sweeps(heard),
      'plan-release': async () => {
        const minutes = heard.world.ambient.below(RELEASE_WINDOW_MINUTES);
        await jobs.runAt('release', new Date(Date.now() + minutes * 60_000));
      },
    },
  });
  return jobs;
}

function sweeps(heard: Heard): Readonly<Record<string, Task>> {
  const { world } = heard;
  const { pool } = world;
  const starting = [...world.channels.keys()].filter((name) => name !== 'web');
  return {
    wake: async () => {
      await remindDue(world);
      await remindSilentInvitees(world);
      await expireDue(world);
    },
    reconcile: async () => {
      const { setAside } = await reconcile(pool, starting);
      if (setAside > 0) heard.log.error('messages were set aside', { count: setAside });
    },
    hourly: async () => {
      await endLeftOver(world);
      await countRatings(world);
      await giveUpReplies(pool);
    },
    release: async () => {
      for (const { consultation } of await release(heard.releaseDeps)) {
        await newFigures(world, consultation);
      }
    },
    retention: async () => {
      await clearOldBodies(pool);
      await deleteEnded(pool);
      await deleteOldMarks(world);
      await deleteOldParticipations(world);
      await deleteStrangers(world);
      await destroyOldDayKeys(world, async (tx) => [...(await outboxKeyDays(tx))]);
    },
  };
}
