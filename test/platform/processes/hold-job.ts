/** A node of its own that never finishes one job, for tests that kill it; it soon sees that another died. */
import { startJobs } from '../../../src/platform/jobs.ts';
import { silentLog } from '../../../src/platform/log.ts';

const [url, task] = process.argv.slice(2).map(String);
if (url === undefined || task === undefined) throw new Error('Give a database and a task');
const jobs = await startJobs(url, {
  tasks: {
    [task]: () => {
      process.stdout.write('running\n');
      return new Promise(() => {});
    },
  },
  crontab: [],
  log: silentLog,
  freeEveryMs: 50,
});
await jobs.runSoon(task);
