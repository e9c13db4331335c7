/**
 * Holds back sending while the database is behind what the keys folder remembers: it was restored
 * from a backup and may not know who has opted out since. Replies on a webhook still go, because
 * they answer somebody who is writing now.
 */
import type { Heard } from '../app.ts';
import { isBehind } from '../privacy/restore-mark.ts';
import { type Dispatching, startDispatching } from './dispatching.ts';

const LOOK_AGAIN_MS = 5_000;

export async function sendOnceUpToDate(
  heard: Heard,
  lookAgainMs = LOOK_AGAIN_MS,
): Promise<Dispatching> {
  const { world, log } = heard;
  let sending: Dispatching | undefined;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    const behind = await isBehind(world.pool, world.keys);
    if (!behind) sending = startDispatching(heard);
    else timer = setTimeout(again, lookAgainMs);
  };
  const again = (): void => {
    look().catch((error: unknown) => {
      log.error('it is not known whether sending may begin', { error });
      timer = setTimeout(again, lookAgainMs);
    });
  };

  await look();
  if (!sending)
    log.error('nothing is sent: this database was restored, and opt-outs must be replayed first');
  return {
    stop: async () => {
      clearTimeout(timer);
      await sending?.stop();
    },
  };
}
