/**
 * Opens cases with the lead's private key: away from the server, on the lead's own machine. It
 * needs no database, and what it gives must go to the lead's screen only.
 */
import { type CaseContents, openSeal } from './case-seal.ts';
import type { SealedCase } from './cases.ts';
import type { Level } from './finding.ts';
import { readPrivateKey } from './lead-key.ts';

export interface ReadableCase {
  readonly id: string;
  readonly level: Level;
  readonly openedOn: string;
  readonly state: 'open' | 'reviewed';
  /** Missing where harm was found later, when answers were released. */
  readonly kind?: CaseContents['kind'];
  readonly at?: string;
  readonly channel: string;
  readonly address: string;
  readonly consultation: string;
  readonly messages: readonly string[];
}

export type OpenedCases =
  | {
      readonly kind: 'opened';
      readonly cases: readonly ReadableCase[];
      /** Cases sealed to another lead's key, or changed since. */
      readonly closed: number;
    }
  /** There are cases, and this key opens none of them. */
  | { readonly kind: 'wrong-key' }
  | { readonly kind: 'not-a-key'; readonly problem: string };

export function openCases(rows: readonly SealedCase[], privateKeyFile: string): OpenedCases {
  const read = readPrivateKey(privateKeyFile);
  if (read.kind === 'not-a-key') return read;
  const cases = rows
    .map((row) => readCase(row, (sealed) => openSeal(read.pair, sealed)))
    .filter((one) => one !== undefined);
  if (rows.length > 0 && cases.length === 0) return { kind: 'wrong-key' };
  return { kind: 'opened', cases, closed: rows.length - cases.length };
}

function readCase(
  { id, level, openedOn, state, sealed, link }: SealedCase,
  open: (sealed: Uint8Array) => ReturnType<typeof openSeal>,
): ReadableCase | undefined {
  const row = { id, level, openedOn, state };
  const inside = open(sealed);
  if (inside.kind === 'contents') return { ...row, ...inside.contents };
  if (inside.kind === 'link') return { ...row, ...inside.link, messages: [] };
  if (inside.kind === 'closed' || link === undefined) return undefined;
  const whose = open(link);
  if (whose.kind !== 'link') return undefined;
  return { ...row, ...whose.link, messages: inside.messages };
}
