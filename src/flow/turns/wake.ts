/**
 * What happens without a word of the person: the one reminder, the end of waiting, the officer's
 * closing. A timer that was set for an earlier turn changes nothing.
 */
import { shortDate } from '../dates.ts';
import { inLanguage, sentence, statement } from '../prompts/sentence.ts';
import type { Turn } from '../turn.ts';
import { expire } from './end.ts';
import { type Scene, turnOf } from './scene.ts';

export function remind(scene: Scene, revision: number): Turn {
  const { flow, state } = scene;
  if (isStale(scene, revision) || state.reminded) return turnOf(scene, state);
  const name = inLanguage(flow, flow.quietName, state.language);
  const text = sentence(flow, state, 'reminder', { name, keyword: flow.keyword });
  const turn = turnOf(scene, { ...state, reminded: true }, [statement(text, state.language)]);
  return { ...turn, wake: { expireAt: expiryAfterReminder(scene) } };
}

/** The reminder does not begin the waiting anew: people expire as long after their last word. */
function expiryAfterReminder({ flow, context }: Scene): Date {
  const left = flow.expiresAfterMs - (flow.reminderAfterMs ?? 0);
  return new Date(context.now.getTime() + Math.max(left, 0));
}

export function expireIfDue(scene: Scene, revision: number): Turn {
  return isStale(scene, revision) ? turnOf(scene, scene.state) : expire(scene, 'expired');
}

export function closeMidway(scene: Scene): Turn {
  const { flow, state } = scene;
  if (state.phase === 'ended') return turnOf(scene, state);
  const feedback_by = shortDate(flow.words, state.language, flow.promise?.feedbackBy ?? '');
  const name = inLanguage(flow, flow.quietName, state.language);
  const text = sentence(flow, state, 'closed_midway', { name, feedback_by });
  return expire(scene, 'closed', [statement(text, state.language)]);
}

function isStale({ state, context }: Scene, revision: number): boolean {
  return state.phase === 'ended' || revision !== context.revision - 1;
}
