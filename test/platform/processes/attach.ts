/** A process of its own that attaches to the embedded Postgres, for tests that kill it. */
import { attachEmbeddedPostgres } from '../../../src/platform/embedded-postgres.ts';
import { onStopSignal } from '../../../src/platform/stop-signals.ts';

const [dataDir, role] = process.argv.slice(2);
const attached = await attachEmbeddedPostgres({
  dataDir: String(dataDir),
  role: role === 'server' ? 'server' : 'command',
});
process.stdout.write(`${JSON.stringify(attached)}\n`);
if (attached.kind === 'attached') {
  onStopSignal(attached.detach);
  setInterval(() => {}, 60_000);
}
