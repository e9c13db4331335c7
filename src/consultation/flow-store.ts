/**
 * Published flows: append-only, one row a version, never changed. A conversation stays on the
 * version that it began with, so a version is compiled once for each process and kept.
 */
import { createHash } from 'node:crypto';
import { compileFlow } from '../flow/compile.ts';
import type { FlowDocument } from '../flow/document.ts';
import type { Flow, Installation } from '../flow/flow.ts';
import { storedFlow } from '../flow/load.ts';
import type { Words } from '../flow/words.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';

export interface FlowStore {
  readonly publish: (tx: Queryable, document: FlowDocument, now: Date) => Promise<Published>;
  /** True where this version is published with this very content. */
  readonly isPublished: (tx: Queryable, document: FlowDocument) => Promise<boolean>;
  /** The compiled flow of a published version. Throws when there is none: rows name it. */
  readonly flow: (id: string, version: number) => Promise<Flow>;
}

export type Published = { readonly kind: 'published' } | { readonly kind: 'version-taken' };

/** Makes a checked document ready to run on this installation. */
export type CompileDocument = (document: FlowDocument) => Flow;

export function compilerFor(words: Words, installation: Installation): CompileDocument {
  return (document) => compileFlow(document, { words, installation });
}

export function createFlowStore(pool: Queryable, compile: CompileDocument): FlowStore {
  const compiled = new Map<string, Promise<Flow>>();

  async function read(id: string, version: number): Promise<Flow> {
    const { rows } = await pool.query<{ document: string }>(
      'select document from consultation.flow_version where flow = $1 and version = $2',
      [id, version],
    );
    const document = rows[0]?.document;
    if (document === undefined) throw new Error(`no published flow ${id} version ${version}`);
    return compile(storedFlow(document));
  }

  return {
    publish,
    isPublished,
    flow(id, version) {
      const key = `${id}@${version}`;
      let flow = compiled.get(key);
      if (!flow) {
        flow = read(id, version);
        compiled.set(key, flow);
        flow.catch(() => compiled.delete(key));
      }
      return flow;
    },
  };
}

/** The same version with the same content is published once; with other content it is refused. */
async function publish(tx: Queryable, document: FlowDocument, now: Date): Promise<Published> {
  const text = JSON.stringify(document);
  await tx.query(
    `insert into consultation.flow_version (flow, version, sha256, document, published_on)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [document.flow, document.version, sha256(text), text, isoDay(now)],
  );
  return (await isPublished(tx, document)) ? { kind: 'published' } : { kind: 'version-taken' };
}

async function isPublished(tx: Queryable, document: FlowDocument): Promise<boolean> {
  const { rows } = await tx.query<{ same: boolean }>(
    'select sha256 = $3 as same from consultation.flow_version where flow = $1 and version = $2',
    [document.flow, document.version, sha256(JSON.stringify(document))],
  );
  return rows[0]?.same === true;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
