/**
 * The way through a flow from one question to the next, over the statements between them. A flow may
 * go round in circles over statements, so the way is counted: it always ends.
 */
import type { Flow, Question } from '../flow.ts';
import type { Fact } from '../turn.ts';
import type { Answers } from '../values.ts';

export type Destination =
  /** `said` holds the ids of the statements passed on the way. */
  | { readonly kind: 'question'; readonly question: Question; readonly said: readonly string[] }
  | { readonly kind: 'end'; readonly end: string; readonly said: readonly string[] }
  /** Too many steps, or a step that is not there: the conversation ends kindly. */
  | { readonly kind: 'lost'; readonly said: readonly string[] };

const MOST_STEPS = 100;
const NONE: readonly string[] = [];

/** From `start`, which may be a question itself. What goes wrong in a condition is added to `facts`. */
export function wayFrom(flow: Flow, start: string, answers: Answers, facts: Fact[]): Destination {
  let id: string | undefined = start;
  let said: string[] | undefined;
  for (let steps = 0; steps < MOST_STEPS && id !== undefined; steps++) {
    const step = flow.steps.get(id);
    if (step === undefined) break;
    if (step.type === 'question') return { kind: 'question', question: step, said: said ?? NONE };
    if (said === undefined) said = [id];
    else said.push(id);
    if (step.end || step.next.length === 0) return { kind: 'end', end: id, said };
    id = branchTaken(flow, id, answers, facts);
  }
  return { kind: 'lost', said: said ?? NONE };
}

/** The first branch whose condition holds; one that cannot be worked out counts as not holding. */
export function branchTaken(
  flow: Flow,
  id: string,
  answers: Answers,
  facts: Fact[],
): string | undefined {
  for (const branch of flow.steps.get(id)?.next ?? []) {
    const holds = branch.when === undefined || branch.when.holds(answers);
    if (holds === true) return branch.go;
    if (holds === 'failed') facts.push({ kind: 'condition-failed', step: id });
  }
  return undefined;
}
