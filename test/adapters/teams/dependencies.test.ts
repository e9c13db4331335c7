/** What Microsoft's archived SDK brings along, without the versions that are known to be unsafe. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lock = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

test.each([
  ['uuid', 11],
  ['@azure/msal-node', 7],
])('there is one %s, of version %i or later', (name, major) => {
  const found = Object.entries(lock.packages).filter(([path]) =>
    path.endsWith(`node_modules/${name}`),
  );
  expect(found).toHaveLength(1);
  expect(Number(found[0]?.[1].version?.split('.')[0])).toBeGreaterThanOrEqual(major);
});

test('nothing of the SDK is loaded by the adapter before a message comes', async () => {
  await import('../../../adapters/teams/teams-router.ts');
  await import('../../../adapters/teams/teams-channel.ts');
  const { createRequire } = await import('node:module');
  const loaded = Object.keys(createRequire(import.meta.url).cache ?? {});
  expect(loaded.filter((path) => path.includes('botbuilder'))).toEqual([]);
});
