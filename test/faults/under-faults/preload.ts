/**
 * Loaded before a real `heard` process (`node --import`): five modules of the program are taken from
 * stand-ins.ts instead, which wrap the real ones; and lines may be wrong on purpose, to see
 * that the runs notice. The program itself knows nothing of it.
 */
import { registerHooks } from 'node:module';
import type { NodeFaults } from './node-faults.ts';

const replaced = [
  '/src/delivery/lifeline.ts',
  '/src/privacy/release.ts',
  '/src/platform/ambient.ts',
  '/src/platform/jobs.ts',
  '/adapters/sms/send.ts',
];
const ours = new URL('./', import.meta.url).href;
const { wrong = [] }: NodeFaults = JSON.parse(process.env['HEARD_TEST_FAULTS'] ?? '{}');

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const resolved = nextResolve(specifier, context);
    const isReplaced = replaced.some((path) => resolved.url.endsWith(path));
    return isReplaced && context.parentURL?.startsWith(ours) === false
      ? { ...resolved, url: `${ours}stand-ins.ts` }
      : resolved;
  },
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const here = wrong.filter(({ file }) => url.endsWith(`/${file}`));
    if (here.length === 0) return loaded;
    let source =
      typeof loaded.source === 'string'
        ? loaded.source
        : new TextDecoder().decode(loaded.source ?? undefined);
    for (const line of here) {
      if (!source.includes(line.right)) throw new Error(`nothing to break in ${line.file}`);
      source = source.replace(line.right, () => line.wrong);
    }
    return { ...loaded, source };
  },
});
