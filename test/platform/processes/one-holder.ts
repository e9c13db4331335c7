/** A node that says when the right is its own and when it has given it back, for tests that kill it. */
import { silentLog } from '../../../src/platform/log.ts';
import { onOneNode } from '../../../src/platform/one-holder.ts';
import { onStopSignal } from '../../../src/platform/stop-signals.ts';

const [url, lock] = process.argv.slice(2).map(String);
if (url === undefined || lock === undefined) throw new Error('Give a database and a lock');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const holder = onOneNode({
  url,
  lock: Number(lock),
  name: 'test',
  log: silentLog,
  times: { askMs: 50, watchMs: 50 },
  begin: async () => {
    say('begins');
    return { stop: async () => say('stops') };
  },
});
setInterval(() => {}, 60_000);
say('up');
onStopSignal(async () => {
  await holder.stop();
  process.exit(0);
});
