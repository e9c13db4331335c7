/**
 * How the steps of a document hang together: where each may go on to, and how many questions lie
 * ahead of it. Both the checks and the compiled flow read the script through here, so that they
 * never disagree about what follows what. Every walk is linear and none recurses.
 */
import { type FlowDocument, isQuestion, type StepDocument } from './document.ts';

/** A step's branches; a question without any goes on to the step below it. */
export function branchesOf(
  step: StepDocument,
  below: string | undefined,
): readonly { readonly when?: string | undefined; readonly go: string }[] {
  if (step.next !== undefined) return step.next;
  return isQuestion(step) && below !== undefined ? [{ go: below }] : [];
}

/** For each step the id of the step written below it. */
export function stepsBelow(document: FlowDocument): ReadonlyMap<string, string | undefined> {
  const ids = Object.keys(document.steps);
  return new Map(ids.map((id, at) => [id, ids[at + 1]]));
}

export interface StepLinks {
  /** Where each step's branches go, in order; only steps that exist. */
  readonly next: ReadonlyMap<string, readonly string[]>;
  /** The same with where a failed question goes. */
  readonly all: ReadonlyMap<string, readonly string[]>;
}

export function stepLinks(document: FlowDocument): StepLinks {
  const below = stepsBelow(document);
  const next = new Map<string, readonly string[]>();
  const all = new Map<string, readonly string[]>();
  for (const [id, step] of Object.entries(document.steps)) {
    const goes = branchesOf(step, below.get(id)).map((branch) => branch.go);
    const failed = isQuestion(step) && step.on_failure !== undefined ? [step.on_failure] : [];
    next.set(
      id,
      goes.filter((to) => below.has(to)),
    );
    all.set(
      id,
      [...goes, ...failed].filter((to) => below.has(to)),
    );
  }
  return { next, all };
}

/** Turned round: which steps lead to each. */
export function reversed(
  links: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const back = new Map<string, string[]>();
  for (const id of links.keys()) back.set(id, []);
  for (const [id, goes] of links) for (const to of goes) back.get(to)?.push(id);
  return back;
}

/** Every step that can be come to from the given ones, themselves included. */
export function reachable(
  links: ReadonlyMap<string, readonly string[]>,
  from: readonly string[],
): ReadonlySet<string> {
  const seen = new Set(from.filter((id) => links.has(id)));
  for (const id of seen) for (const to of links.get(id) ?? []) seen.add(to);
  return seen;
}

/**
 * The most questions on any way from each step to the end, itself included. A step from which a
 * circle can be come to has none: nobody can tell how often the circle is walked.
 */
export function longestWays(
  document: FlowDocument,
  links: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const back = reversed(links);
  const waitingFor = new Map([...links].map(([id, goes]) => [id, goes.length]));
  const ahead = new Map<string, number>();
  const longest = new Map<string, number>();
  const ready = [...links.keys()].filter((id) => waitingFor.get(id) === 0);
  for (const id of ready) {
    const step = document.steps[id];
    const ways = (ahead.get(id) ?? 0) + (step !== undefined && isQuestion(step) ? 1 : 0);
    longest.set(id, ways);
    for (const from of back.get(id) ?? []) {
      ahead.set(from, Math.max(ahead.get(from) ?? 0, ways));
      const left = (waitingFor.get(from) ?? 0) - 1;
      waitingFor.set(from, left);
      if (left === 0) ready.push(from);
    }
  }
  return longest;
}
