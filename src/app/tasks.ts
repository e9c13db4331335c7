/**
 * The work that no request asks for, as cron sweeps: reminders and expiry, the nightly release,
 * figures, ratings, what has outlived its time. Every sweep may run twice and on any node.
 */
import type { Heard } from '../app.ts';
import { release } from '../consultation/release.ts';
import { cancelLeftOver } from '../conversation/close.ts';
import { newFigures } from '../conversation/count.ts';
import { remindSilentInvitees } from '../conversation/remind-invitees.ts';
import { countRatings } from '../conversation/score.ts';
import { keepToCeiling } from '../conversation/spending.ts';
import { onProviderOptOut } from '../conversation/stopping.ts';
import { endLeftOver, expireDue, remindDue } from '../conversation/wake.ts';
import { finishBroadcasts, refuseCancelled } from '../delivery/broadcasts.ts';
import { dropCopies, sweepCopies } from '../delivery/copies.ts';
import { giveUpReplies, reconcile } from '../delivery/reconcile.ts';
import { seekUnknown } from '../delivery/seek.ts';
import { type Jobs, startJobs, type Task } from '../platform/jobs.ts';
import { keepMark } from '../privacy/restore-mark.ts';
import { bodyOpener } from './dispatching.ts';
import { ageHeldBack, finalHeldBack } from './held-back.ts';
import { retain } from './retention.ts';

/** Minutes from 02:00, or from the start that made up for it: nobody can know beforehand when a night's release runs. */
const RELEASE_WINDOW_MINUTES = 180;

const CRONTAB = [
  { task: 'wake', at: '* * * * *' },
  { task: 'reconcile', at: '* * * * *' },
  { task: 'broadcasts', at: '* * * * *' },
  { task: 'seek-unknown', at: '* * * * *' },
  { task: 'keep-mark', at: '* * * * *' },
  { task: 'drop-copies', at: '*/10 * * * *' },
  { task: 'sweep-copies', at: '47 * * * *' },
  { task: 'hourly', at: '17 * * * *' },
  // A machine that is off at night releases and deletes when it is switched on.
  { task: 'plan-release', at: '0 2 * * *', madeUpFor: true },
  { task: 'retention', at: '30 5 * * *', madeUpFor: true },
] as const;

export async function startTasks(heard: Heard): Promise<Pick<Jobs, 'stop'>> {
  const { log } = heard;
  const started = Promise.withResolvers<Jobs>();
  const jobs = await startJobs(heard.databaseUrl, {
    log,
    crontab: CRONTAB,
    tasks: {
      ...sweeps(heard),
      ...providerSweeps(heard),
      'plan-release': async () => {
        const minutes = heard.world.ambient.below(RELEASE_WINDOW_MINUTES);
        const later = new Date(Date.now() + minutes * 60_000);
        await (await started.promise).runAt('release', later);
      },
    },
  });
  started.resolve(jobs);
  return jobs;
}

export function sweeps(heard: Heard): Readonly<Record<string, Task>> {
  const { world } = heard;
  const { pool } = world;
  const starting = [...world.channels.keys()].filter((name) => name !== 'web');
  const listed = starting.filter((name) => world.channels.get(name)?.copies);
  return {
    wake: async () => {
      if ((await ageHeldBack(heard)) !== undefined) return;
      await remindDue(world);
      await remindSilentInvitees(world);
      await expireDue(world);
    },
    reconcile: async () => {
      const { setAside, signpostsInDoubt } = await reconcile(pool, starting, listed);
      if (setAside > 0) heard.log.error('messages were set aside', { count: setAside });
      if (signpostsInDoubt > 0)
        heard.log.error('where help is may not have arrived', { count: signpostsInDoubt });
    },
    broadcasts: async () => {
      await cancelLeftOver(world);
      await refuseCancelled(pool);
      if ((await keepToCeiling(world)) === 'held')
        heard.log.warn('invitations are held back: the spending ceiling is reached');
    },
    hourly: async () => {
      const reason = await ageHeldBack(heard);
      if (reason !== undefined) heard.log.error('nothing is deleted', { reason });
      await endLeftOver(world);
      await countRatings(world);
      await giveUpReplies(pool);
      await finishBroadcasts(pool);
    },
    release: async () => {
      const reason = await finalHeldBack(heard);
      if (reason !== undefined) return heard.log.error('nothing is released', { reason });
      for (const { consultation } of await release(heard.releaseDeps)) {
        await newFigures(world, consultation);
      }
    },
    retention: async () => {
      const reason = await finalHeldBack(heard);
      if (reason !== undefined) return heard.log.error('nothing is deleted', { reason });
      await retain(heard);
    },
    'keep-mark': async () => {
      if ((await keepMark(pool, world.keys)) === 'behind')
        heard.log.error('this database was restored: opt-outs must be replayed');
    },
  };
}

/** What is asked of the providers: the fate of messages, and that they forget them. */
function providerSweeps(heard: Heard): Readonly<Record<string, Task>> {
  const { world, log } = heard;
  const { pool, contacts } = world;
  const askable = [...world.channels.values()].filter((channel) => channel.copies);
  return {
    'seek-unknown': async (signal) => {
      const openBody = bodyOpener(heard);
      for (const channel of askable) {
        const onOptOut = onProviderOptOut(world, channel.name);
        await seekUnknown({ pool, channel, people: contacts, openBody, onOptOut, log, signal });
      }
    },
    'drop-copies': async (signal) => {
      for (const channel of askable) await dropCopies({ pool, channel, signal });
    },
    'sweep-copies': async (signal) => {
      for (const channel of askable) {
        const swept = await sweepCopies({ pool, channel, signal }, world.ambient.now());
        if (swept.kind === 'cannot-tell')
          log.warn("a provider's list could not be read", { channel: channel.name });
        else if (swept.kind === 'swept' && swept.overdue > 0)
          log.error('a provider held messages for more than a day', {
            channel: channel.name,
            count: swept.overdue,
          });
      }
    },
  };
}
