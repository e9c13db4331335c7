/** As `npm start` does: the preload keeps compiled code, and short-lived memory is not let grow. */
export const AS_STARTED: readonly string[] = [
  '--max-semi-space-size=4',
  '--import',
  new URL('../src/platform/preload.js', import.meta.url).href,
];
