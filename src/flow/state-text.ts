/**
 * Reads and writes a conversation's state. A state that an older program wrote is brought up to
 * date, one schema at a time; one that a newer program wrote is refused, never guessed at.
 */
import { type ConversationState, STATE_SCHEMA } from './state.ts';

export type ReadState =
  | { readonly kind: 'state'; readonly state: ConversationState }
  | { readonly kind: 'newer'; readonly schema: number }
  | { readonly kind: 'unreadable' };

type Stored = Readonly<Record<string, unknown>>;
/** Takes a state of the schema it stands under to the next one. */
export type Migrations = Readonly<Record<number, (stored: Stored) => Stored>>;

/** None yet: the first schema is 1. An entry under 1 would make a 2 of it. */
const MIGRATIONS: Migrations = {};

export function serialiseState(state: ConversationState): string {
  return JSON.stringify(state);
}

export function readState(text: string, migrations: Migrations = MIGRATIONS): ReadState {
  const stored = parsed(text);
  if (stored === undefined) return { kind: 'unreadable' };
  const { schema } = stored;
  if (schema === STATE_SCHEMA) return checked(stored);
  if (typeof schema !== 'number') return { kind: 'unreadable' };
  if (schema > STATE_SCHEMA) return { kind: 'newer', schema };
  return migrated(stored, schema, migrations);
}

function migrated(stored: Stored, from: number, migrations: Migrations): ReadState {
  let state = stored;
  for (let schema = from; schema < STATE_SCHEMA; schema++) {
    const migrate = migrations[schema];
    if (migrate === undefined) return { kind: 'unreadable' };
    state = { ...migrate(state), schema: schema + 1 };
  }
  return checked(state);
}

function checked(stored: Stored): ReadState {
  return isState(stored) ? { kind: 'state', state: stored } : { kind: 'unreadable' };
}

/** The stored text is our own and authenticated: this tells a damaged one, it does not distrust it. */
function isState(stored: Stored): stored is Stored & ConversationState {
  return (
    stored.schema === STATE_SCHEMA &&
    typeof stored.channel === 'string' &&
    typeof stored.language === 'string' &&
    typeof stored.phase === 'string' &&
    Array.isArray(stored.path) &&
    typeof stored.answers === 'object' &&
    stored.answers !== null &&
    typeof stored.misses === 'number' &&
    typeof stored.turns === 'number'
  );
}

function parsed(text: string): Stored | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
