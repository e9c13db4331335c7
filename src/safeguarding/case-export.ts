/**
 * Sealed cases as a file, to carry from the server to the lead's own machine: one JSON object a
 * line, nothing in it that the database does not show. A file that was cut or changed is refused.
 */
import { z } from 'zod';
import type { Queryable } from '../platform/postgres.ts';
import { listSealed, type SealedCase } from './cases.ts';

const HEADER = 'heard safeguarding cases 1';

const base64 = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, 'base64')));
const header = z.strictObject({ file: z.literal(HEADER), cases: z.int().nonnegative() });
const line = z.strictObject({
  id: z.uuid(),
  level: z.enum(['red', 'amber']),
  openedOn: z.iso.date(),
  state: z.enum(['open', 'reviewed']),
  sealed: base64,
  link: base64.optional(),
});

export async function exportCases(tx: Queryable): Promise<string> {
  const cases = await listSealed(tx);
  return [{ file: HEADER, cases: cases.length }, ...cases.map(asLine)]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
}

export type ReadExport =
  | { readonly kind: 'cases'; readonly cases: readonly SealedCase[] }
  | { readonly kind: 'not-an-export'; readonly problem: string };

export function readExport(text: string): ReadExport {
  const [first, ...others] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const head = header.safeParse(parsed(first ?? ''));
  if (!head.success) return refused('This file does not hold exported safeguarding cases.');
  const cases: SealedCase[] = [];
  for (const [at, one] of others.entries()) {
    if (one === '') continue;
    const read = line.safeParse(parsed(one));
    if (!read.success) return refused(`Line ${at + 2} of this file is damaged.`);
    const { link, ...row } = read.data;
    cases.push(link === undefined ? row : { ...row, link });
  }
  if (cases.length === head.data.cases) return { kind: 'cases', cases };
  return refused(`This file should hold ${head.data.cases} cases and holds ${cases.length}.`);
}

function asLine({ sealed, link, ...row }: SealedCase): object {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { ...row, sealed: text(sealed), ...(link === undefined ? {} : { link: text(link) }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(problem: string): ReadExport {
  return { kind: 'not-an-export', problem };
}
