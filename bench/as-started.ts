/** As `npm start` does: the preload keeps compiled code, and a heap that is told its bounds stays small. */
export const AS_STARTED: readonly string[] = [
  '--max-semi-space-size=16',
  '--max-old-space-size=2000',
  '--import',
  new URL('../src/platform/preload.js', import.meta.url).href,
];
