/** A process of its own that migrates a database, for tests in which several do at once. */
import { migrate } from '../../../src/platform/migrate.ts';
import { openPool } from '../../../src/platform/postgres.ts';

const [url, folder] = process.argv.slice(2);
const pool = openPool(String(url));
process.stdout.write(JSON.stringify(await migrate(pool, folder)));
await pool.end();
