/**
 * The canary search of a run: no number and no answer in anything that was printed, on any page, in
 * the database's files or its log of writes, nor in what Heard keeps beside it. Everybody's numbers
 * and ideas share a few words, so that looking for these looks for all of them. A choice is a word of
 * the flow's as well: it is looked for beside its question, as an answer would be written down, until
 * answers are released as such.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findCanaries } from '../support/canary.ts';
import type { Fleet } from './fleet.ts';
import type { OwnPostgres } from './own-postgres.ts';
import { CHOICES, IN_EVERY_IDEA, IN_EVERY_NUMBER, TELLS_OF_HARM } from './people.ts';

export interface Searched {
  readonly when: string;
  readonly bytes: number;
  /** Where something was, and as what; never the thing itself. */
  readonly found: readonly string[];
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ...IN_EVERY_NUMBER.map((canary) => [canary, 'a number'] as const),
  [IN_EVERY_IDEA, 'an idea'],
  [TELLS_OF_HARM, 'a disclosure'],
]);

/** As it would be written, as Postgres would print it, and as it would store it. */
const CHOSEN: ReadonlyMap<string, string> = new Map(
  ['"first":"', '"first": "', ...CHOICES.map((choice) => `first${choice}`)].map(
    (canary) => [canary, 'a choice'] as const,
  ),
);

export async function searchEverywhere(
  when: string,
  where: {
    /** What nobody has written to since then is not of this run. */
    readonly since: number;
    readonly fleet: Pick<Fleet, 'output' | 'pages'>;
    readonly postgres: Pick<OwnPostgres, 'folder'>;
    readonly ownFolders: readonly string[];
    /** Released choices are there for everybody who may see results. */
    readonly areReleased: boolean;
  },
): Promise<Searched> {
  const kinds = new Map([...KINDS, ...(where.areReleased ? [] : CHOSEN)]);
  const texts = { 'what was printed': where.fleet.output(), 'a page': await where.fleet.pages() };
  const { found, bytes } = await unlessOneGoes(async () =>
    findCanaries({
      canaries: [...kinds.keys()],
      files: [...(await writtenSince(where.since, where.postgres.folder)), ...where.ownFolders],
      texts,
    }),
  );
  return {
    when,
    bytes,
    found: found.map((one) => `${kinds.get(one.canary)} as ${one.form} in ${one.where}`),
  };
}

const MOST_TRIES = 5;

/** Files come and go under a running database: when one went meanwhile, all is searched again. */
async function unlessOneGoes<Result>(search: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await search();
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isGone || tries === MOST_TRIES) throw error;
    }
  }
}

async function writtenSince(since: number, folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((one) => one.isFile() && one.name !== ONLY_ABOUT_TABLES)
    .map((one) => join(one.parentPath, one.name));
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return files.filter((_, at) => (times[at] ?? 0) >= since);
}

/** What Postgres remembers of its own tables' shapes, and throws away all the time. */
const ONLY_ABOUT_TABLES = 'pg_internal.init';
