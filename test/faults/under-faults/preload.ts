/**
 * Loaded before a real `heard` process (`node --import`): four modules of the program are taken from
 * stand-ins.ts instead, which wrap the real ones; and one line may be wrong on purpose, to see that
 * the runs notice. The program itself knows nothing of it.
 */
import { registerHooks } from 'node:module';
import type { NodeFaults } from './node-faults.ts';

const replaced = [
  '/src/delivery/lifeline.ts',
  '/src/privacy/release.ts',
  '/src/platform/ambient.ts',
  '/adapters/sms/send.ts',
];
const ours = new URL('./', import.meta.url).href;
const { breakage }: NodeFaults = JSON.parse(process.env['HEARD_TEST_FAULTS'] ?? '{}');

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
    if (breakage === undefined || !url.endsWith(`/${breakage.file}`)) return loaded;
    const source =
      typeof loaded.source === 'string'
        ? loaded.source
        : new TextDecoder().decode(loaded.source ?? undefined);
    if (!source.includes(breakage.right)) throw new Error(`nothing to break in ${breakage.file}`);
    return { ...loaded, source: source.replace(breakage.right, () => breakage.wrong) };
  },
});
