import { spawn } from 'node:child_process';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyFolder } from '../../src/privacy/key-folder.ts';
import { KeyDestroyed } from '../../src/privacy/keys.ts';
import { keysIn, temporaryFolder } from './privacy-fixture.ts';

const BATCH = '6f1f3a0e-4b7a-4c58-9d2e-0a7c1b2d3e4f';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true }));

const keysFolder = (): string => join(folder, 'keys');
const dataFolder = (): string => join(folder, 'data');

async function refusal(keys = keysFolder(), data = dataFolder()): Promise<string> {
  const opened = await openKeyFolder({ folder: keys, dataFolder: data });
  return opened.kind === 'refused' ? opened.reason : 'open';
}

describe('where keys may lie', () => {
  it('is made for nobody else to open, with files for nobody else to read', async () => {
    const keys = await keysIn(folder);
    await keys.dayKey('2026-11-02');
    await keys.createBatchKey(BATCH);
    await keys.destroyBatchKey(BATCH);
    expect((await stat(keysFolder())).mode & 0o777).toBe(0o700);
    for (const file of await readdir(keysFolder())) {
      expect((await stat(join(keysFolder(), file))).mode & 0o777).toBe(0o600);
    }
  });

  it('is refused inside the data folder, around it, and behind a link into it', async () => {
    expect(await refusal(join(dataFolder(), 'keys'))).toMatch(/inside the data folder/);
    expect(await refusal(folder, dataFolder())).toMatch(/inside the keys folder/);
    expect(await refusal(dataFolder(), dataFolder())).toMatch(/inside the data folder/);
    await symlink(dataFolder(), join(folder, 'link'));
    expect(await refusal(join(folder, 'link', 'keys'))).toMatch(/inside the data folder/);
    expect(await refusal(`${dataFolder()}-keys`)).toBe('open');
  });

  it('is refused when others can open the folder or read a file in it', async () => {
    const keys = await keysIn(folder);
    await keys.addressKey();
    await chmod(keysFolder(), 0o750);
    expect(await refusal()).toMatch(/Other users can open the keys folder.*chmod 700/);
    await chmod(keysFolder(), 0o700);
    await chmod(join(keysFolder(), 'address.1.key'), 0o604);
    expect(await refusal()).toMatch(/Other users can read address\.1\.key.*chmod 600/);
  });

  it('refuses a key whose permissions were loosened while Heard runs', async () => {
    await (await keysIn(folder)).addressKey();
    const other = await keysIn(folder);
    await chmod(join(keysFolder(), 'blind-index.1.key'), 0o644);
    await expect(other.blindIndexKey()).rejects.toThrow(/0600/);
  });
});

describe('keys', () => {
  it('are the same for every node, and after a restart', async () => {
    const one = await keysIn(folder);
    const two = await keysIn(folder);
    const keys = await Promise.all([
      one.dayKey('2026-11-02'),
      two.dayKey('2026-11-02'),
      one.dayKey('2026-11-02'),
    ]);
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect((await two.addressKey()).key).toEqual((await one.addressKey()).key);
    expect(await two.checkValue()).toEqual(await one.checkValue());
    expect(await one.dayKey('2026-11-03')).not.toEqual(await one.dayKey('2026-11-02'));
  });

  it('do not lie readable in their files', async () => {
    const keys = await keysIn(folder);
    const secret = await keys.withdrawalKey(BATCH);
    const files = await readdir(keysFolder());
    for (const file of files.filter((name) => name !== 'wrapping.key')) {
      expect((await readFile(join(keysFolder(), file))).includes(Buffer.from(secret))).toBe(false);
    }
  });

  it('of one kind do not pass for another', async () => {
    const keys = await keysIn(folder);
    await keys.dayKey('2026-11-02');
    const bytes = await readFile(join(keysFolder(), 'day.2026-11-02.key'));
    await writeFile(join(keysFolder(), 'day.2026-11-03.key'), bytes, { mode: 0o600 });
    await expect(keys.existingDayKey('2026-11-03')).rejects.toThrow(/does not open/);
  });

  it('that must last are never made a second time', async () => {
    await (await keysIn(folder)).addressKey();
    await unlink(join(keysFolder(), 'blind-index.1.key'));
    await expect((await keysIn(folder)).blindIndexKey()).rejects.toThrow(/blind-index is missing/);
    await unlink(join(keysFolder(), 'wrapping.key'));
    await expect((await keysIn(folder)).addressKey()).rejects.toThrow(/wrapping key is missing/);
  });

  it('have versions, the newest first', async () => {
    const keys = await keysIn(folder);
    const first = await keys.blindIndexKey();
    expect(first.version).toBe(1);
    expect(await keys.blindIndexKey(1)).toEqual(first);
    expect(await keys.blindIndexKeys()).toEqual([first]);
    await expect(keys.addressKey(7)).rejects.toThrow(/address\.7 is missing/);
  });

  it('refuse names that could lead out of their folder', async () => {
    const keys = await keysIn(folder);
    await expect(keys.createBatchKey('../../etc/x')).rejects.toThrow(TypeError);
    await expect(keys.dayKey('../x')).rejects.toThrow(TypeError);
  });
});

describe('a destroyed key', () => {
  it('is gone, leaves nothing of itself, and is never made again', async () => {
    const keys = await keysIn(folder);
    await keys.dayKey('2026-11-02');
    await keys.createBatchKey(BATCH);
    await keys.withdrawalKey(BATCH);
    await keys.destroyDayKey('2026-11-02');
    await keys.destroyBatchKey(BATCH);
    await keys.destroyWithdrawalKey(BATCH);
    for (const node of [keys, await keysIn(folder)]) {
      expect(await node.existingDayKey('2026-11-02')).toBeUndefined();
      expect(await node.batchKeyPair(BATCH)).toBeUndefined();
      expect(await node.days()).toEqual([]);
      expect(await node.batches()).toEqual([]);
      await expect(node.dayKey('2026-11-02')).rejects.toBeInstanceOf(KeyDestroyed);
      await expect(node.createBatchKey(BATCH)).rejects.toBeInstanceOf(KeyDestroyed);
      await expect(node.withdrawalKey(BATCH)).rejects.toBeInstanceOf(KeyDestroyed);
    }
  });

  it('opens no batch on another node either', async () => {
    const one = await keysIn(folder);
    const two = await keysIn(folder);
    await one.createBatchKey(BATCH);
    expect(await two.batchKeyPair(BATCH)).toBeDefined();
    await one.destroyBatchKey(BATCH);
    expect(await two.batchKeyPair(BATCH)).toBeUndefined();
  });

  it('stays gone when a crash came between its tombstone and its removal', async () => {
    const keys = await keysIn(folder);
    await keys.createBatchKey(BATCH);
    await writeFile(join(keysFolder(), `batch.${BATCH}.destroyed`), '', { mode: 0o600 });
    expect(await keys.batchKeyPair(BATCH)).toBeUndefined();
    await keys.destroyBatchKey(BATCH);
    expect(await readdir(keysFolder())).not.toContain(`batch.${BATCH}.key`);
  });

  it('may be destroyed twice, and before it was ever made', async () => {
    const keys = await keysIn(folder);
    await keys.destroyDayKey('2026-11-02');
    await keys.destroyDayKey('2026-11-02');
    await expect(keys.dayKey('2026-11-02')).rejects.toBeInstanceOf(KeyDestroyed);
  });
});

describe('processes that make keys at the same moment', () => {
  it('end with the same ones', async () => {
    await mkdir(keysFolder(), { mode: 0o700 });
    for (let round = 0; round < 3; round++) {
      await rm(keysFolder(), { recursive: true });
      const printed = await Promise.all([printKeys(), printKeys(), printKeys()]);
      expect(printed[0]).toMatch(/^[0-9a-f]{100}/);
      expect(new Set(printed).size).toBe(1);
    }
  });
});

/** A real process of its own that makes keys and prints them. */
function printKeys(): Promise<string> {
  const program = `
    import { openKeyFolder } from '${import.meta.resolve('../../src/privacy/key-folder.ts')}';
    const { keys } = await openKeyFolder(${JSON.stringify({ folder: keysFolder(), dataFolder: dataFolder() })});
    const all = [
      (await keys.addressKey()).key, (await keys.blindIndexKey()).key, await keys.checkValue(),
      await keys.dayKey('2026-11-02'), await keys.createBatchKey('${BATCH}'),
      (await keys.batchKeyPair('${BATCH}')).privateKey, await keys.withdrawalKey('${BATCH}'),
    ];
    process.stdout.write(all.map((key) => Buffer.from(key).toString('hex')).join(''));`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`exit ${code}`)),
    );
  });
}
