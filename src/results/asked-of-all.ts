/**
 * Which questions everyone is asked. Of the others, how many were not asked is a count of people in
 * its own right: "only asked if in care" gives away how many are not.
 */
import type { Flow, Step } from '../flow/flow.ts';

export function askedOfAll(flow: Flow, question: string): boolean {
  return flow.aboutYou.includes(question) || !reachesAnEnd(flow, question);
}

/** Whether a way from the start to an end leaves this question out. */
function reachesAnEnd(flow: Flow, without: string): boolean {
  const seen = new Set<string>([without]);
  const next = [flow.start];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const step = flow.steps.get(id);
    if (!step) continue;
    const targets = targetsOf(flow, step);
    if (targets.length === 0) return true;
    next.push(...targets);
  }
  return false;
}

function targetsOf(flow: Flow, step: Step): readonly string[] {
  if (step.type === 'statement' && step.end) return [];
  const targets = step.next.map((branch) => branch.go);
  // Who declined at the start is not among the responses.
  return step.id === 'consent' ? targets.filter((go) => reachesAQuestion(flow, go)) : targets;
}

function reachesAQuestion(flow: Flow, start: string): boolean {
  const seen = new Set<string>();
  const next = [start];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const step = flow.steps.get(id);
    if (step?.type === 'question') return true;
    next.push(...(step?.next ?? []).map((branch) => branch.go));
  }
  return false;
}
