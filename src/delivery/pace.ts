/** So many a second, evenly: what asks a provider about its records must never crowd out sending. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Each call resolves when its turn has come. */
export function createPace(perSecond: number): () => Promise<void> {
  const gapMs = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    next = Math.max(now, next + gapMs);
    if (next > now) await sleep(next - now);
  };
}
