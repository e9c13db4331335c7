/**
 * Whether a folder may hold keys: apart from the data, and readable by nobody else. A looser folder
 * is refused and left as it is, because who could read it may have done so already.
 */
import { mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** The reason why not, in a sentence; undefined when it may. Makes the folder when it is missing. */
export async function checkFolder(folder: string, dataFolder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [keys, data] = await Promise.all([realpath(folder), realPlace(dataFolder)]);
  if (isInside(keys, data)) {
    return `The keys folder ${folder} lies inside the data folder ${dataFolder}, so a copy of the data would hold the keys. Set HEARD_KEYS_DIR to a folder outside it.`;
  }
  if (isInside(data, keys)) {
    return `The data folder ${dataFolder} lies inside the keys folder ${folder}. Set HEARD_KEYS_DIR to a folder of its own.`;
  }
  if (tooOpen((await stat(keys)).mode)) {
    return `Other users can open the keys folder ${folder}. Set its permissions to 0700 (chmod 700).`;
  }
  for (const file of await readdir(keys)) {
    if (await isTooOpenFile(join(keys, file))) {
      return `Other users can read ${file} in the keys folder ${folder}. Set its permissions to 0600 (chmod 600).`;
    }
  }
  return undefined;
}

/** Any permission for the group or for others. */
export function tooOpen(mode: number): boolean {
  return (mode & 0o077) !== 0;
}

async function isTooOpenFile(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && tooOpen(found.mode);
  } catch {
    // Another node moved its new key into place meanwhile.
    return false;
  }
}

/** Where a path leads once links are followed; the folder itself need not be there yet. */
async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch {
    return dirname(whole) === whole
      ? whole
      : join(await realPlace(dirname(whole)), basename(whole));
  }
}

function isInside(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}
