/** What a part of the house that was built to know no log says through ours: the kind of a failure. */
import type { Log } from '../platform/log.ts';

export interface FailureLog {
  readonly error: (fields: { readonly code: string }, message: string) => void;
}

export function failureLog(log: Log): FailureLog {
  return { error: ({ code }) => log.error('something failed and was answered', { kind: code }) };
}
