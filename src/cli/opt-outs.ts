/** `heard opt-outs export FILE` and `replay FILE`: so that no restore forgets who said stop. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Heard } from '../app.ts';
import { deleteAgain } from '../conversation/delete-again.ts';
import { withdrawRestored } from '../delivery/withdraw.ts';
import { type Action, record } from '../platform/audit.ts';
import type { Queryable } from '../platform/postgres.ts';
import { readJournal } from '../privacy/journal-lines.ts';
import { exportJournal, replayJournal } from '../privacy/opt-out-journal.ts';
import { isBehind } from '../privacy/restore-mark.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function exportOptOutsCommand(file: string): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    const { pool, keys } = heard.world;
    if (await isBehind(pool, keys))
      return {
        kind: 'refused',
        reasons: [
          'This database was restored and may not know the newest opt-outs. Replay the last journal first; it was not written over.',
        ],
      };
    const place = await makePlace(file);
    if (place === undefined)
      return { kind: 'refused', reasons: [`"${file}" cannot be written: is its folder there?`] };
    const lines = await writeWhole(place, file, exportJournal(pool, keys));
    await recorded(heard, pool, 'opt-outs exported');
    const entries = lines - 2;
    return {
      kind: 'done',
      json: { entries },
      lines: [`${entries} opt-outs and deletions were written. Keep the file apart from the keys.`],
    };
  });
}

export function replayOptOutsCommand(file: string, acceptMissing: boolean): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    const { pool, keys } = heard.world;
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return { kind: 'refused', reasons: [`There is no file "${file}" that can be read.`] };
    }
    const read = await readJournal(text, keys);
    if (read.kind === 'refused') return { kind: 'refused', reasons: [read.reason] };
    const wasRestored = await isBehind(pool, keys);
    let withdrawn = 0;
    const replayed = await replayJournal(pool, keys, read.journal, {
      acceptMissing,
      deleteAgain: (tx, returned) => deleteAgain(tx, keys, returned),
      andThen: async (tx) => {
        if (wasRestored) withdrawn = await withdrawRestored(tx);
        await recorded(heard, tx, 'opt-outs replayed');
      },
    });
    if (replayed.kind === 'too-old')
      return {
        kind: 'refused',
        reasons: [
          `This journal ends before the newest opt-outs and deletions: up to ${replayed.missing} are missing. Take a newer one, or add --accept-missing and write to nobody who told you to stop since.`,
        ],
      };
    if (replayed.kind === 'unknown-age')
      return {
        kind: 'refused',
        reasons: [
          'The keys folder has lost its mark of how far the database was, so nobody can tell whether this journal holds the newest opt-outs and deletions. Make sure that it is the last one that was written, and add --accept-missing.',
        ],
      };
    const { added, stopped, forgotten, takenBack } = replayed;
    return {
      kind: 'done',
      json: { added, stopped, forgotten, takenBack, withdrawn, wasRestored },
      lines: [
        `${added} opt-outs were added and ${stopped} people stopped.`,
        `${forgotten} people were forgotten again, and answers taken back again: ${takenBack}.`,
        ...(wasRestored
          ? [
              `${withdrawn} messages that may have been sent since the backup were taken back.`,
              'Sending begins again within seconds.',
            ]
          : []),
      ],
    };
  });
}

function recorded({ world }: Heard, tx: Queryable, action: Action): Promise<void> {
  return record(tx, { actor: 'command line', action, object: 'opt-outs', at: world.ambient.now() });
}

interface Place {
  readonly aside: string;
  readonly handle: FileHandle;
}

/** Beside the file; undefined where nothing can be written there. */
async function makePlace(file: string): Promise<Place | undefined> {
  const aside = join(dirname(file), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    return { aside, handle: await open(aside, 'wx', 0o600) };
  } catch {
    return undefined;
  }
}

/** Aside first, so that a journal that was there is only ever replaced by a whole one. */
async function writeWhole(
  { aside, handle }: Place,
  file: string,
  lines: AsyncIterable<string>,
): Promise<number> {
  let count = 0;
  try {
    for await (const line of lines) {
      await handle.write(`${line}\n`);
      count += 1;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  return count;
}
