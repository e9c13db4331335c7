/** The reserved first question: only a yes lets anybody go on, and a no keeps nothing. */
import type { Question } from '../flow.ts';
import type { Fact, Turn } from '../turn.ts';
import { decline } from './end.ts';
import { goOn } from './go-on.ts';
import { wayFrom } from './route.ts';
import { type Scene, withState } from './scene.ts';
import { standingAt } from './standing.ts';

export function isConsent({ flow }: Scene, question: Question): boolean {
  return flow.asksConsent && question.id === flow.start;
}

/** It is no question of the consultation: BACK never comes to it, results never hold it. */
export function takeConsent(scene: Scene, question: Question, given: boolean): Turn {
  const { step, path, answers, ending } = scene.state;
  const place = { step, path, answers: { ...answers, [question.id]: given }, ending };
  const answered = withState(scene, standingAt(scene.state, place));
  if (!given) return decline(answered, endAfterNo(answered, question));
  const facts: Fact[] = [{ kind: 'joined' }, { kind: 'answered', step: question.id }];
  return goOn(answered, question, facts, {});
}

/** Where the flow would have led, so that its own tests can name that end. */
function endAfterNo({ flow, state }: Scene, question: Question): string {
  for (const branch of question.next) {
    if (branch.when !== undefined && branch.when.holds(state.answers) !== true) continue;
    const way = wayFrom(flow, branch.go, state.answers, []);
    return way.kind === 'end' ? way.end : 'declined';
  }
  return 'declined';
}
