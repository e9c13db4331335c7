/** Reads a flow file from disk, with the list files that lie beside it, and checks it. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FlowDocument } from '../flow/document.ts';
import { loadFlow } from '../flow/load.ts';
import type { Problem } from '../flow/problem.ts';
import type { Source } from '../flow/read-yaml.ts';

export type FlowFile =
  | {
      readonly kind: 'loaded';
      readonly document: FlowDocument;
      readonly source: Source;
      readonly text: string;
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreadable'; readonly message: string };

export async function readFlowFile(file: string): Promise<FlowFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { kind: 'unreadable', message: `${file}:1:1 There is no file here that can be read.` };
  }
  const loaded = loadFlow(text, { file, resolvePlaces: (name) => listBeside(file, name) });
  return loaded.kind === 'refused'
    ? { kind: 'problems', problems: loaded.problems }
    : { kind: 'loaded', document: loaded.document, source: loaded.source, text };
}

/** Only files in the flow's own folder: a flow must not read anything else of this machine. */
function listBeside(file: string, name: string): string | undefined {
  if (basename(name) !== name) return undefined;
  try {
    return readFileSync(join(dirname(file), name), 'utf8');
  } catch {
    return undefined;
  }
}
