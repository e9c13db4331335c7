/**
 * Reads and writes a conversation's state. A state that an older program wrote is brought up to
 * date, one schema at a time; one that a newer program wrote is refused, never guessed at. On every
 * turn both are done once, so the text is a list in a fixed order: names would double the cost.
 */

import { type ConversationState, STATE_SCHEMA } from './state.ts';
import type { Answers } from './values.ts';

export type ReadState =
  | { readonly kind: 'state'; readonly state: ConversationState }
  | { readonly kind: 'newer'; readonly schema: number }
  | { readonly kind: 'unreadable' };

/** The schema comes first in every version; what follows is that version's own. */
export type StoredState = readonly [schema: number, ...rest: unknown[]];
/** Takes a stored state of the schema it stands under to the next one. */
export type Migrations = Readonly<Record<number, (stored: StoredState) => StoredState>>;

/** None yet: the first schema is 1. An entry under 1 would make a 2 of it. */
const MIGRATIONS: Migrations = {};

/** What most states have nothing of. */
type Seldom = Pick<
  ConversationState,
  'nearly' | 'nearlyTogether' | 'ending' | 'endedAt' | 'paused' | 'reminded' | 'signposts'
>;
type Stored1 = readonly [
  schema: number,
  channel: ConversationState['channel'],
  language: string,
  phase: ConversationState['phase'],
  step: string | null,
  misses: number,
  turns: number,
  path: readonly string[],
  answers: Answers,
  seldom?: Seldom,
];

export function serialiseState(state: ConversationState): string {
  const { schema, channel, language, phase, step, misses, turns, path, answers } = state;
  const stored: Stored1 = [schema, channel, language, phase, step, misses, turns, path, answers];
  const seldom = seldomOf(state);
  return JSON.stringify(seldom === undefined ? stored : [...stored, seldom]);
}

function seldomOf(state: ConversationState): Seldom | undefined {
  const { nearly, nearlyTogether, ending, endedAt, paused, reminded, signposts } = state;
  const some = nearly ?? nearlyTogether ?? ending ?? endedAt ?? paused ?? reminded ?? signposts;
  return some === undefined
    ? undefined
    : { nearly, nearlyTogether, ending, endedAt, paused, reminded, signposts };
}

export function readState(text: string, migrations: Migrations = MIGRATIONS): ReadState {
  const stored = parsed(text);
  if (stored === undefined) return { kind: 'unreadable' };
  const [schema] = stored;
  if (schema === STATE_SCHEMA) return fromStored(stored);
  if (schema > STATE_SCHEMA) return { kind: 'newer', schema };
  return migrated(stored, migrations);
}

function migrated(stored: StoredState, migrations: Migrations): ReadState {
  let state = stored;
  for (let schema = stored[0]; schema < STATE_SCHEMA; schema++) {
    const migrate = migrations[schema];
    if (migrate === undefined) return { kind: 'unreadable' };
    const [, ...rest] = migrate(state);
    state = [schema + 1, ...rest];
  }
  return fromStored(state);
}

function fromStored(stored: StoredState): ReadState {
  if (!isStored(stored)) return { kind: 'unreadable' };
  const [, channel, language, phase, step, misses, turns, path, answers, seldom] = stored;
  return {
    kind: 'state',
    state: {
      schema: STATE_SCHEMA,
      channel,
      language,
      phase,
      step,
      path,
      answers,
      misses,
      nearly: seldom?.nearly,
      nearlyTogether: seldom?.nearlyTogether,
      ending: seldom?.ending,
      endedAt: seldom?.endedAt,
      turns,
      paused: seldom?.paused,
      reminded: seldom?.reminded,
      signposts: seldom?.signposts,
    },
  };
}

/** The stored text is our own and authenticated: this tells a damaged one, it does not distrust it. */
function isStored(stored: StoredState): stored is StoredState & Stored1 {
  return (
    typeof stored[1] === 'string' &&
    typeof stored[2] === 'string' &&
    typeof stored[3] === 'string' &&
    typeof stored[5] === 'number' &&
    typeof stored[6] === 'number' &&
    Array.isArray(stored[7]) &&
    typeof stored[8] === 'object' &&
    stored[8] !== null
  );
}

function parsed(text: string): StoredState | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isVersioned(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isVersioned(value: unknown): value is StoredState {
  return Array.isArray(value) && typeof value[0] === 'number';
}
