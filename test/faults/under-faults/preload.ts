/**
 * Loaded before a real `heard` process (`node --import`): four modules of the program are taken from
 * stand-ins.ts instead, which wrap the real ones. The program itself knows nothing of it.
 */
import { registerHooks } from 'node:module';

const replaced = [
  '/src/delivery/lifeline.ts',
  '/src/privacy/release.ts',
  '/src/platform/ambient.ts',
  '/adapters/sms/send.ts',
];
const ours = new URL('./', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const resolved = nextResolve(specifier, context);
    const isReplaced = replaced.some((path) => resolved.url.endsWith(path));
    return isReplaced && context.parentURL?.startsWith(ours) === false
      ? { ...resolved, url: `${ours}stand-ins.ts` }
      : resolved;
  },
});
