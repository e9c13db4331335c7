/**
 * Published flows: append-only, one row a version, never changed. A conversation stays on the
 * version that it began with, so a version is compiled once for each process and kept.
 */
import { createHash } from 'node:crypto';
import { compileFlow } from '../flow/compile.ts';
import type { Flow, Installation } from '../flow/flow.ts';
import { loadFlow, type Problem } from '../flow/load.ts';
import type { Words } from '../flow/words.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';

export interface FlowStore {
  readonly publish: (tx: Queryable, document: PublishedDocument) => Promise<Published>;
  /** The compiled flow of a published version. Throws when there is none: rows name it. */
  readonly flow: (id: string, version: number) => Promise<Flow>;
}

export interface PublishedDocument {
  readonly flow: string;
  readonly version: number;
  readonly text: string;
  readonly now: Date;
}

export type Published = { readonly kind: 'published' } | { readonly kind: 'version-taken' };

/** Compiles a document's text for this installation. */
export type CompileText = (text: string, file: string) => CompiledText;
export type CompiledText =
  | { readonly kind: 'compiled'; readonly flow: Flow; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export function createFlowStore(pool: Queryable, compileText: CompileText): FlowStore {
  const compiled = new Map<string, Promise<Flow>>();

  async function compile(id: string, version: number): Promise<Flow> {
    const { rows } = await pool.query<{ document: string }>(
      'select document from consultation.flow_version where flow = $1 and version = $2',
      [id, version],
    );
    const document = rows[0]?.document;
    if (document === undefined) throw new Error(`no published flow ${id} version ${version}`);
    const result = compileText(document, `${id}.flow.yaml`);
    if (result.kind === 'compiled') return result.flow;
    throw new Error(`published flow ${id} version ${version} no longer loads`);
  }

  return {
    publish,
    flow(id, version) {
      const key = `${id}@${version}`;
      let flow = compiled.get(key);
      if (!flow) {
        flow = compile(id, version);
        compiled.set(key, flow);
        flow.catch(() => compiled.delete(key));
      }
      return flow;
    },
  };
}

/** The same version with the same content is published once; with other content it is refused. */
async function publish(tx: Queryable, document: PublishedDocument): Promise<Published> {
  const sha256 = createHash('sha256').update(document.text).digest();
  await tx.query(
    `insert into consultation.flow_version (flow, version, sha256, document, published_on)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [document.flow, document.version, sha256, document.text, isoDay(document.now)],
  );
  const { rows } = await tx.query<{ same: boolean }>(
    'select sha256 = $3 as same from consultation.flow_version where flow = $1 and version = $2',
    [document.flow, document.version, sha256],
  );
  return rows[0]?.same ? { kind: 'published' } : { kind: 'version-taken' };
}

export function compilerFor(words: Words, installation: Installation): CompileText {
  return (text, file) => {
    const loaded = loadFlow(text, { file });
    if (loaded.kind === 'refused') return { kind: 'refused', problems: loaded.problems };
    return {
      kind: 'compiled',
      flow: compileFlow(loaded.document, { words, installation }),
      problems: loaded.problems,
    };
  };
}
