/** Plays a conversation with a flow, the state written and read back between any two turns. */
import { advance } from '../../../src/flow/advance.ts';
import type { Flow } from '../../../src/flow/flow.ts';
import { numberedText } from '../../../src/flow/numbered-text.ts';
import type { ConversationState } from '../../../src/flow/state.ts';
import { type Beginning, beginConversation } from '../../../src/flow/state-begin.ts';
import { readState, serialiseState } from '../../../src/flow/state-text.ts';
import type { Fact, Turn, TurnEvent } from '../../../src/flow/turn.ts';

export const NOW = new Date('2026-11-02T16:00:00Z');

export interface Talk {
  /** What a text message would show in reply. */
  readonly say: (text: string) => readonly string[];
  readonly introduction: readonly string[];
  readonly send: (event: TurnEvent) => Turn;
  readonly state: () => ConversationState;
  readonly revision: () => number;
  readonly last: () => Turn;
  readonly facts: () => readonly Fact[];
  readonly answers: () => Readonly<Record<string, unknown>> | undefined;
}

export function talk(flow: Flow, beginning: Partial<Beginning> = {}): Talk {
  let state = beginConversation(flow, { channel: 'sms', ...beginning });
  let revision = 0;
  let latest: Turn | undefined;
  const facts: Fact[] = [];
  const send = (event: TurnEvent): Turn => {
    const turn = advance(flow, state, event, {
      now: NOW,
      newId: () => 'id',
      revision: revision + 1,
    });
    revision += 1;
    facts.push(...turn.facts);
    const read = readState(serialiseState(turn.state));
    if (read.kind !== 'state') throw new Error(`The state cannot be read back: ${read.kind}`);
    state = read.state;
    latest = turn;
    return turn;
  };
  const begun = send({ kind: 'begin' });
  return {
    introduction: begun.say.map(numberedText),
    send,
    say: (text) => send({ kind: 'text', text }).say.map(numberedText),
    state: () => state,
    revision: () => revision,
    last: () => latest ?? begun,
    facts: () => facts,
    answers: () => facts.find((fact) => fact.kind === 'finished')?.answers,
  };
}
