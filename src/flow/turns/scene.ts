/**
 * What every part of a turn needs: the flow, where the conversation stands, the world's values and
 * the tables of the person's language. It lives for one turn and is never kept.
 */
import { formFor } from '../channel-form.ts';
import type { Flow, Question } from '../flow.ts';
import { type LanguageTable, textsFor } from '../flow-tables.ts';
import type { Prompt } from '../prompt.ts';
import type { ConversationState } from '../state.ts';
import type { Fact, Turn, TurnContext } from '../turn.ts';

export interface Scene {
  readonly flow: Flow;
  readonly state: ConversationState;
  readonly context: TurnContext;
  readonly table: LanguageTable;
}

export function sceneOf(flow: Flow, state: ConversationState, context: TurnContext): Scene {
  return { flow, state, context, table: textsFor(flow, state) };
}

/** The same turn, the conversation standing elsewhere. */
export function withState(scene: Scene, state: ConversationState): Scene {
  return state.language === scene.state.language
    ? { flow: scene.flow, state, context: scene.context, table: scene.table }
    : sceneOf(scene.flow, state, scene.context);
}

/** A sentence of the program's own that has nothing to fill in. */
export function said({ flow, state, table }: Scene, name: string): string {
  return table.once(name, () =>
    flow.words.say(formFor(flow.words, state.channel, name), state.language),
  );
}

/** The question that waits for its answer, if one does. */
export function openQuestion({ flow, state }: Scene): Question | undefined {
  if (state.phase !== 'asking' || state.step === null) return undefined;
  const step = flow.steps.get(state.step);
  return step?.type === 'question' ? step : undefined;
}

const NOTHING_SAID: readonly Prompt[] = [];
const NO_FACTS: readonly Fact[] = [];

/** The end of a turn. A conversation that goes on names when it is to be woken. */
export function turnOf(
  { flow, context }: Scene,
  state: ConversationState,
  say: readonly Prompt[] = NOTHING_SAID,
  facts: readonly Fact[] = NO_FACTS,
): Turn {
  if (state.phase === 'ended') return { state, say, facts };
  const now = context.now.getTime();
  const expireAt = new Date(now + flow.expiresAfterMs);
  const { reminderAfterMs } = flow;
  if (reminderAfterMs === undefined || state.reminded || state.channel === 'web') {
    return { state, say, facts, wake: { expireAt } };
  }
  return { state, say, facts, wake: { remindAt: new Date(now + reminderAfterMs), expireAt } };
}
