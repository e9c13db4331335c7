import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresBinaries } from '../../src/platform/embedded/binaries.ts';
import {
  type PackagedBinaries,
  packagedBinaries,
} from '../../src/platform/embedded/packaged-binaries.ts';
import { temporaryFolder } from '../support/processes.ts';

const installed = packagedBinaries();
const root = process.getuid?.() === 0;
/** Any account that is not ours; only root can start programs as it. */
const other = { uid: 65_534, gid: 65_534 };

test('programs that everyone can reach are used where npm put them', () => {
  using cache = temporaryFolder();
  const found = postgresBinaries(undefined, installed, [cache.path]);
  expect(found.postgres).toBe(join(installed.native, 'bin', 'postgres'));
  expect(readdirSync(cache.path)).toEqual([]);
});

test('programs below a private folder are copied once to where another account can run them', () => {
  using home = temporaryFolder();
  using cache = temporaryFolder();
  chmodSync(cache.path, 0o755);
  const hidden = copyOf(installed, home.path);
  const found = postgresBinaries(other, hidden, ['/dev/null/nowhere', cache.path]);
  expect(found.postgres.startsWith(cache.path)).toBe(true);
  expect(found.major).toBe('18');
  const { stdout } = spawnSync(found.postgres, ['--version'], {
    encoding: 'utf8',
    ...(root ? other : {}),
  });
  expect(stdout).toContain('PostgreSQL) 18.');
  expect(statSync(home.path).mode & 0o777).toBe(0o700);

  expect(postgresBinaries(other, hidden, [cache.path])).toEqual(found);
  expect(readdirSync(cache.path)).toHaveLength(1);
});

test('links that the install script did not make are made in the copy', () => {
  using home = temporaryFolder();
  using cache = temporaryFolder();
  chmodSync(cache.path, 0o755);
  const bare = copyOf(installed, home.path);
  for (const { target } of bare.links) rmSync(join(home.path, target));
  const found = postgresBinaries(undefined, bare, [cache.path]);
  expect(found.postgres.startsWith(cache.path)).toBe(true);
  expect(spawnSync(found.initdb, ['--version'], { encoding: 'utf8' }).stdout).toContain('18.');
});

test('a cache folder that others can write to is not trusted', () => {
  using home = temporaryFolder();
  using cache = temporaryFolder();
  chmodSync(cache.path, 0o777);
  const hidden = copyOf(installed, home.path);
  expect(() => postgresBinaries(other, hidden, [cache.path])).toThrow('No folder for the database');
});

function copyOf(binaries: PackagedBinaries, folder: string): PackagedBinaries {
  const native = join(folder, 'native');
  cpSync(binaries.native, native, { recursive: true, verbatimSymlinks: true });
  return { ...binaries, native };
}
