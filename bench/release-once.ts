/** One release in a process of its own: DATABASE_URL KEYS_FOLDER DATA_FOLDER CONSULTATION. */
import { systemAmbient } from '../src/platform/ambient.ts';
import { openPool } from '../src/platform/postgres.ts';
import { openKeyFolder } from '../src/privacy/key-folder.ts';
import { releaseConsultation } from '../src/privacy/release.ts';
import type { ReleaseMeasured } from './release.ts';

const [url = '', folder = '', dataFolder = '', consultation = ''] = process.argv.slice(2);
const opened = await openKeyFolder({ folder, dataFolder });
if (opened.kind === 'refused') throw new Error(opened.reason);
const pool = openPool(url);
await pool.query('select 1');
const before = performance.now();
const { released } = await releaseConsultation(
  { pool, keys: opened.keys, ambient: systemAmbient, timeZone: 'Europe/London', min: 10 },
  { consultation, closing: false },
);
const measured: ReleaseMeasured = {
  released,
  seconds: (performance.now() - before) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
};
process.send?.(measured);
await pool.end();
process.disconnect?.();
