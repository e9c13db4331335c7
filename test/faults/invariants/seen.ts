/**
 * What was seen of a run: by the phones, at the provider, in the database and what it was made to
 * remember, in what was printed. An invariant is a function of it and gives the ways in which it
 * does not hold; none may quote a text or a number.
 */
import type { Person } from '../people.ts';
import type { Text } from '../phones.ts';
import type { CallbackAnswer } from '../provider/reporter.ts';
import type { Look, Taken } from '../provider/wire.ts';
import type { Searched } from '../search.ts';
import type { LateAttempt, Transition } from '../watching/transitions.ts';

export interface Seen {
  /** Every text that was answered with success. */
  readonly texts: readonly Text[];
  /** The ids of these messages as the database would keep them, and those that it keeps. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly keptHashes: ReadonlySet<string>;
  readonly people: readonly Person[];
  readonly optedOut: ReadonlySet<string>;
  /** Who asked for their answers back. */
  readonly regretful: ReadonlySet<string>;
  readonly personOf: (number: string) => string | undefined;
  readonly inNeed: readonly string[];
  /** To whom nothing could ever be sent: the ids of people. */
  readonly poisoned: readonly string[];
  readonly taken: readonly Taken[];
  /** When the provider was asked what it has. */
  readonly looks: readonly Look[];
  readonly callbackAnswers: readonly CallbackAnswer[];
  readonly transitions: readonly Transition[];
  readonly rows: readonly OutboxRow[];
  /** The nonces under which the provider was called. */
  readonly called: ReadonlySet<string>;
  readonly attemptsAfterOptOut: readonly LateAttempt[];
  readonly sums: readonly Sums[];
  readonly plannedFeedback: number;
  /** What people wrote in their own words, opened after the release of everything. */
  readonly releasedIdeas: readonly string[];
  /** null: the question was skipped, or never answered. */
  readonly releasedChoices: readonly (string | null)[];
  readonly waiting: number;
  readonly completed: number;
  readonly keysWithoutBatch: readonly string[];
  readonly links: readonly Link[];
  readonly searches: readonly Searched[];
  readonly printed: string;
  readonly endedByThemselves: readonly string[];
}

/** As it stands at the end. */
export interface OutboxRow {
  readonly personId: string;
  readonly class: string;
  readonly state: string;
  readonly reason: string | null;
  readonly wasAccepted: boolean;
  readonly nonce: string | null;
  readonly attempts: number;
  /** The text that it answers, for a reply on a webhook. */
  readonly answers: string | null;
}

export interface Sums {
  readonly planned: number;
  readonly accepted: number;
  readonly refused: number;
  readonly failed: number;
  readonly unknown: number;
  readonly remaining: number;
}

/** Rows of a table of people that share a transaction with released answers. */
export interface Link {
  readonly of: string;
  readonly rows: number;
}

export type Invariant = (seen: Seen) => readonly string[];

export function some(count: number, what: string): readonly string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

export function rowsByNonce(transitions: readonly Transition[]): ReadonlyMap<string, Transition> {
  return new Map(
    transitions.flatMap((one) => (one.nonce === null ? [] : [[one.nonce, one] as const])),
  );
}

/** What became of a message and its copy, for whoever reads about it. */
export function pathOf(transitions: readonly Transition[], root: string): string {
  return transitions
    .filter((one) => one.root === root)
    .map(({ isCopy, now, reason }) =>
      [isCopy ? 'copy' : '', now ?? 'gone', reason ? `(${reason})` : ''].filter(Boolean).join(' '),
    )
    .join(', ');
}
