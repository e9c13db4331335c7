/**
 * Reads a flow document from its text. What comes out is the whole document with short forms
 * written out and list files taken in, or the problems in plain words with their places. It must
 * never throw, whatever the text is, and never read a file itself.
 */
import { type FlowDocument, flowDocument, isQuestion, type PlacesDocument } from './document.ts';
import { placeList } from './document-text.ts';
import type { Problem } from './problem.ts';
import { inOrderOfPlace } from './problem.ts';
import { type Path, readYaml, type Source } from './read-yaml.ts';
import { schemaProblems } from './schema-problems.ts';
import { likelyDocument } from './schema-slips.ts';

export interface LoadOptions {
  readonly file: string;
  /** Gives the text of a list file that lies beside the flow; undefined when there is none. */
  readonly resolvePlaces?: (name: string) => string | undefined;
}

export type LoadedFlow =
  | {
      readonly kind: 'loaded';
      readonly document: FlowDocument;
      readonly source: Source;
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: 'refused';
      readonly problems: readonly Problem[];
      /** What was likely meant, to look for more problems in. It must never be run. */
      readonly draft?: { readonly document: FlowDocument; readonly source: Source };
    };

export function loadFlow(text: string, options: LoadOptions): LoadedFlow {
  const read = readYaml(text, options.file);
  if (read.kind === 'refused') return read;
  const parsed = flowDocument.safeParse(read.value);
  if (!parsed.success) {
    const problems = schemaProblems(parsed.error, read.value, read.source);
    const likely = likelyDocument(read.value);
    const refused = { kind: 'refused', problems: inOrderOfPlace(problems) } as const;
    if (likely === undefined) return refused;
    const { document } = withPlaces(likely, read.source, options.resolvePlaces);
    return { ...refused, draft: { document, source: read.source } };
  }
  const { document, problems } = withPlaces(parsed.data, read.source, options.resolvePlaces);
  return problems.length > 0
    ? { kind: 'refused', problems: inOrderOfPlace(problems) }
    : { kind: 'loaded', document, source: read.source, problems };
}

/** A document that was stored after loading: JSON.stringify(document) and back. */
export function storedFlow(json: string): FlowDocument {
  return flowDocument.parse(JSON.parse(json));
}

type Resolve = LoadOptions['resolvePlaces'];

/** Puts the lists in the place of their files' names, so that the document stands alone. */
function withPlaces(
  document: FlowDocument,
  source: Source,
  resolve: Resolve,
): { readonly document: FlowDocument; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const taken = (places: PlacesDocument, path: Path): PlacesDocument => {
    if (typeof places !== 'string') return places;
    const list = readList(places, resolve?.(places));
    if ('message' in list) {
      const place = list.place ?? { file: source.file, ...source.valueAt(path) };
      problems.push({ severity: 'error', ...place, path: path.join('.'), message: list.message });
      return {};
    }
    if (list.problems.length > 0) problems.push(...list.problems);
    return list.places;
  };
  const steps: FlowDocument['steps'] = {};
  for (const [id, step] of Object.entries(document.steps)) {
    const isPlace = isQuestion(step) && step.ask === 'place';
    steps[id] = isPlace ? { ...step, places: taken(step.places, ['steps', id, 'places']) } : step;
  }
  const areas = document.areas === undefined ? {} : { areas: taken(document.areas, ['areas']) };
  return { document: { ...document, steps, ...areas }, problems };
}

type ReadList =
  | { readonly places: PlacesDocument; readonly problems: readonly Problem[] }
  | { readonly message: string; readonly place?: { file: string; line: number; column: number } };

function readList(name: string, text: string | undefined): ReadList {
  if (text === undefined) return { message: `There is no list file "${name}" beside this flow.` };
  const read = readYaml(text, name);
  if (read.kind === 'refused') return { places: {}, problems: read.problems };
  const parsed = placeList.safeParse(read.value);
  return parsed.success
    ? { places: parsed.data, problems: [] }
    : { places: {}, problems: schemaProblems(parsed.error, read.value, read.source) };
}
