/**
 * `heard safeguarding keygen` and `cases`: the lead's pair of keys, and opening sealed cases with
 * the private one. The private key is read where the lead runs this and must never reach the server:
 * `--export` takes the sealed cases away, `--from` opens them elsewhere, without a database.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { record } from '../platform/audit.ts';
import { exportCases, readExport } from '../safeguarding/case-export.ts';
import { listSealed, markReviewed, type SealedCase } from '../safeguarding/cases.ts';
import { keygen } from '../safeguarding/lead-key.ts';
import { openCases, type ReadableCase } from '../safeguarding/open-cases.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export async function keygenCommand(out: string): Promise<CommandResult> {
  const { publicKey, privateKeyFile } = keygen();
  try {
    await writeFile(out, privateKeyFile, { mode: 0o600, flag: 'wx' });
  } catch {
    return {
      kind: 'refused',
      reasons: [`${out} is there already, or cannot be written. A key is never overwritten.`],
    };
  }
  return {
    kind: 'done',
    json: { publicKey, privateKeyFile: out },
    lines: [
      `The private key is in ${out}. Move it to where only the safeguarding lead can read it,`,
      'keep a copy in a safe place, and delete it here: without it no case can be opened.',
      '',
      'Set this on the server:',
      `HEARD_SAFEGUARDING_KEY=${publicKey}`,
    ],
  };
}

export interface CasesOptions {
  readonly key?: string;
  readonly from?: string;
  readonly export?: string;
}

export async function casesCommand(options: CasesOptions): Promise<CommandResult> {
  if (options.export !== undefined) return exportTo(options.export);
  if (options.key === undefined) {
    return { kind: 'wrong-usage', reasons: ['Name the private key file: --key FILE'] };
  }
  const key = await readText(options.key);
  if (key === undefined) return unreadable(options.key);
  if (options.from === undefined) {
    return runInHeard(async ({ world }) => {
      const cases = await listSealed(world.pool);
      await record(world.pool, {
        actor: 'command line',
        action: 'cases listed',
        object: 'safeguarding cases',
        at: world.ambient.now(),
      });
      return opened(cases, key);
    });
  }
  const file = await readText(options.from);
  if (file === undefined) return unreadable(options.from);
  const read = readExport(file);
  return read.kind === 'cases'
    ? opened(read.cases, key)
    : { kind: 'refused', reasons: [read.problem] };
}

/** A reviewed amber case goes a week later; a red one stays until the lead deletes it elsewhere. */
export async function reviewedCommand(id: string): Promise<CommandResult> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    return { kind: 'wrong-usage', reasons: ['Name the case by its id, as "cases" prints it.'] };
  }
  return runInHeard(async ({ world }) => {
    const marked = await markReviewed(world.pool, id);
    if (marked === 'no-such-case') {
      return { kind: 'refused', reasons: ['There is no case with this id.'] };
    }
    if (marked === 'reviewed') {
      await record(world.pool, {
        actor: 'command line',
        action: 'case reviewed',
        object: 'safeguarding cases',
        at: world.ambient.now(),
      });
    }
    return { kind: 'done', json: { case: id, state: 'reviewed' }, lines: ['Marked as reviewed.'] };
  });
}

function exportTo(file: string): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    await writeFile(file, await exportCases(world.pool), { mode: 0o600 });
    await record(world.pool, {
      actor: 'command line',
      action: 'cases exported',
      object: 'safeguarding cases',
      at: world.ambient.now(),
    });
    return {
      kind: 'done',
      json: { exported: file },
      lines: [`The sealed cases are in ${file}. Open them with --from ${file} --key FILE.`],
    };
  });
}

function opened(sealed: readonly SealedCase[], key: string): CommandResult {
  const result = openCases(sealed, key);
  if (result.kind === 'not-a-key') return { kind: 'refused', reasons: [result.problem] };
  if (result.kind === 'wrong-key') {
    return { kind: 'refused', reasons: ['This key opens none of the cases. Is it the right one?'] };
  }
  const { cases, closed } = result;
  return {
    kind: 'done',
    json: { cases, closed },
    lines: [
      ...(cases.length === 0 ? ['There are no cases.'] : cases.flatMap(linesOf)),
      ...(closed > 0 ? [`${closed} more are sealed to another key.`] : []),
    ],
  };
}

function linesOf(one: ReadableCase): readonly string[] {
  return [
    `${one.level.toUpperCase()}  ${one.openedOn}  ${one.kind ?? 'found at the release'}  (${one.state})`,
    `  ${one.channel} ${one.address}  ${one.consultation}`,
    ...one.messages.map((message) => `  "${message}"`),
    `  case ${one.id}`,
    '',
  ];
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function unreadable(file: string): CommandResult {
  return { kind: 'refused', reasons: [`There is no file "${file}" that can be read.`] };
}
