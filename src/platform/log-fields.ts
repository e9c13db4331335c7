/**
 * The only fields that a log line may carry, and what each may look like. Anything else is dropped,
 * so that a number, a name or an answer cannot ride along. Nothing here names a person.
 */
import { type ErrorFacts, errorFacts } from './error-facts.ts';

export interface LogFields {
  readonly error?: unknown;
  readonly channel?: 'sms' | 'web' | 'discord' | 'teams';
  /** Kebab-case words from our own code: what happened, what was refused, in which state. */
  readonly kind?: string;
  readonly reason?: string;
  readonly state?: string;
  readonly task?: string;
  readonly flow?: string;
  readonly signal?: string;
  readonly migration?: string;
  /** The id of a consultation or broadcast: never of a person, conversation or response. */
  readonly consultation?: string;
  readonly broadcast?: string;
  /** The pattern of a route (`/chat/:keyword`), never the path that was asked for. */
  readonly route?: string;
  readonly method?: string;
  /** Our own public address. */
  readonly address?: string;
  readonly status?: number;
  readonly count?: number;
  readonly attempt?: number;
  readonly port?: number;
  readonly process?: number;
  readonly ms?: number;
  readonly version?: number;
}

type Safe = string | number | ErrorFacts;

export function safeFields(fields: object): Record<string, Safe> {
  const safe: Record<string, Safe> = {};
  for (const [name, check] of Object.entries(checks)) {
    const value = Object.hasOwn(fields, name) ? valueOf(fields, name) : undefined;
    const kept = value === undefined ? undefined : check(value);
    if (kept !== undefined) safe[name] = kept;
  }
  return safe;
}

function valueOf(fields: object, name: string): unknown {
  const found = Object.getOwnPropertyDescriptor(fields, name);
  return found?.value;
}

type Check = (value: unknown) => Safe | undefined;

const shaped =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) && !/\d(?:[-_.]?\d){5}/.test(value)
      ? value
      : undefined;

const word = shaped(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+){0,7}$/);
const uuid: Check = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
    ? value
    : undefined;
/** Below what a phone number has, even without its first digits. */
const number: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 10_000_000
    ? Math.round(value * 1000) / 1000
    : undefined;

const checks: Readonly<Record<keyof LogFields, Check>> = {
  error: errorFacts,
  channel: shaped(/^(sms|web|discord|teams)$/),
  kind: word,
  reason: word,
  state: word,
  task: word,
  flow: word,
  signal: shaped(/^SIG[A-Z0-9]{2,10}$/),
  migration: shaped(/^[0-9]{6}_[a-z0-9_]{1,60}\.sql$/),
  consultation: uuid,
  broadcast: uuid,
  route: shaped(/^\/(?:[a-z:*_-]{1,30}\/?){0,8}$/),
  method: shaped(/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/),
  address: shaped(/^https?:\/\/[a-z0-9.-]{1,100}(:\d{1,5})?$/),
  status: number,
  count: number,
  attempt: number,
  port: number,
  process: number,
  ms: number,
  version: number,
};
