/**
 * A conversation with a flow, one typed line at a time, as a phone would show it: what `heard flow
 * try` and a document's own tests run on. Between two lines the state is written and read back, so
 * that nothing works here that would not work in service. It stores nothing.
 */
import { advance } from './advance.ts';
import type { Flow } from './flow.ts';
import { numberedText } from './numbered-text.ts';
import type { ConversationState } from './state.ts';
import { type Beginning, beginConversation } from './state-begin.ts';
import { readState, serialiseState } from './state-text.ts';
import type { Fact, TurnEvent } from './turn.ts';

export interface Played {
  readonly state: ConversationState;
  readonly revision: number;
  /** The replies, one message each. */
  readonly lines: readonly string[];
  readonly facts: readonly Fact[];
  readonly ended: boolean;
}

export interface PlayContext {
  readonly now: Date;
}

export function beginPlay(flow: Flow, beginning: Beginning, context: PlayContext): Played {
  const state = beginConversation(flow, beginning);
  return step(flow, { state, revision: 0 }, { kind: 'begin' }, context);
}

export function playLine(
  flow: Flow,
  played: Pick<Played, 'state' | 'revision'>,
  line: string,
  context: PlayContext,
): Played {
  return step(flow, played, { kind: 'text', text: line }, context);
}

function step(
  flow: Flow,
  { state, revision }: Pick<Played, 'state' | 'revision'>,
  event: TurnEvent,
  { now }: PlayContext,
): Played {
  const turn = advance(flow, state, event, {
    now,
    newId: () => '00000000-0000-4000-8000-000000000000',
    revision: revision + 1,
  });
  const read = readState(serialiseState(turn.state));
  if (read.kind !== 'state') throw new Error(`A state that was just written is ${read.kind}`);
  return {
    state: read.state,
    revision: revision + 1,
    lines: turn.say.map(numberedText),
    facts: turn.facts,
    ended: read.state.phase === 'ended',
  };
}

/** What happened beside the replies, in words for whoever is trying the flow. */
export function factInWords(fact: Fact): string | undefined {
  switch (fact.kind) {
    case 'finished': {
      const answers = Object.entries(fact.answers).map(
        ([id, value]) => `${id}: ${JSON.stringify(value)}`,
      );
      const kept = answers.length === 0 ? 'no answers' : answers.join(', ');
      return fact.partial ? `Kept, cut short: ${kept}` : `Kept: ${kept}`;
    }
    case 'declined':
      return 'Nothing is kept.';
    case 'stopped':
      return 'No more texts go to this person.';
    case 'asked':
      return `${fact.command.toUpperCase()} is answered by the running program.`;
    case 'condition-failed':
      return `A condition after "${fact.step}" could not be worked out: the next branch was taken.`;
    case 'limit-reached':
      return `The limit on ${fact.limit} was reached.`;
    default:
      return undefined;
  }
}
