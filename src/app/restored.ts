/**
 * Holds back sending while the database is behind what the keys folder remembers: it was restored
 * from a backup, or a standby took over that lacked the newest, and it may not know who has opted out
 * since. Replies on a webhook still go, because they answer somebody who is writing now.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Heard } from '../app.ts';
import { isBehind } from '../privacy/restore-mark.ts';
import { type Dispatching, startDispatching } from './dispatching.ts';

const LOOK_AGAIN_MS = 1_000;

/** Looks for as long as the node lives: a database can fall behind under it. */
export async function sendWhileUpToDate(
  heard: Heard,
  lookAgainMs = LOOK_AGAIN_MS,
): Promise<Dispatching> {
  const { world, log } = heard;
  const stopping = new AbortController();
  const { signal } = stopping;
  let sending: Dispatching | undefined;

  async function holdBack(): Promise<void> {
    const held = sending;
    sending = undefined;
    // It sends no more even when the database that it gives its messages back to is gone: then they
    // come back with the end of their leases.
    await held?.stop().catch((error: unknown) => log.error('sending did not end well', { error }));
  }

  let wasBehind = false;
  async function look(): Promise<void> {
    const behind = await isBehind(world.pool, world.keys);
    if (behind) await holdBack();
    else sending ??= startDispatching(heard);
    if (behind && !wasBehind)
      log.error('nothing is sent: this database was restored, and opt-outs must be replayed first');
    wasBehind = behind;
  }

  async function lookOn(): Promise<void> {
    for (;;) {
      await sleep(lookAgainMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return holdBack();
      try {
        await look();
      } catch (error) {
        log.error('it is not known whether sending may go on', { error });
        await holdBack();
      }
    }
  }

  await look();
  const ended = lookOn();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
