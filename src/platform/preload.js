/**
 * Runs before anything else (`node --import`). Plain JavaScript, so that an older Node, which cannot
 * read TypeScript, says what is wrong instead of "Unknown file extension". Keeps compiled code in the
 * installation's own folder, so that the next start is quicker.
 */
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const needed = 24;
const running = process.versions.node;

if (Number(running.split('.')[0]) < needed) {
  process.stderr.write(
    `Heard needs Node ${needed} or later, and this is Node ${running}.\n` +
      'Run "npm ci" with install scripts allowed: it brings the right one. Or install it from https://nodejs.org.\n',
  );
  process.exit(2);
}

// Not in the shared temporary folder: code kept there could be another account's.
nodeModule.enableCompileCache(
  fileURLToPath(new URL('../../node_modules/.cache/heard', import.meta.url)),
);
