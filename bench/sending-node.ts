/**
 * A node that only sends: the dispatcher and the channel of `heard start`, by the settings of the
 * environment. PARTS_PER_SECOND may be more than the settings allow.
 */
import { startDispatching } from '../src/app/dispatching.ts';
import { open } from './stage.ts';

const heard = await open(process.env, 'server');
const dispatching = startDispatching({
  ...heard,
  config: { ...heard.config, smsPartsPerSecond: Number(process.env.PARTS_PER_SECOND) },
});

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 100);

process.on('message', (asked: 'memory' | 'stop') => {
  if (asked === 'memory') tellMemory();
  else void stop();
});

function tellMemory(): void {
  process.send?.({ megabytes: Math.max(peak, process.memoryUsage.rss()) / 1e6 });
  peak = 0;
}

async function stop(): Promise<void> {
  clearInterval(watch);
  await dispatching.stop();
  process.send?.('stopped');
  await heard.stop();
  process.disconnect?.();
}
