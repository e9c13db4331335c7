/**
 * Takes from an error what may be logged: its kind, its code, where it arose, and its message only
 * when our own code wrote it. Messages of Postgres, of providers and of the language itself quote
 * the value that was wrong, which may be a number or an answer.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ErrorFacts {
  readonly name: string;
  readonly code?: string | number;
  readonly message?: string;
  readonly at: readonly string[];
  readonly cause?: ErrorFacts;
}

export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { name: 'NotAnError', at: [] };
  const at = locations(error);
  const code = 'code' in error ? safeCode(error.code) : undefined;
  const message = isOurs(error, at) ? plainText(error.message) : undefined;
  return {
    name: /^[A-Z][A-Za-z]{2,40}$/.test(error.name) ? error.name : 'Error',
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    at: at.slice(0, 12),
    ...(error.cause instanceof Error && depth < 3 && { cause: errorFacts(error.cause, depth + 1) }),
  };
}

/** One line of ordinary words, with no run of digits that could be a number to reach someone. */
export function plainText(text: string): string | undefined {
  const fits = /^[\p{L}\d "'(),./:;=@_£%?!*+-]{1,300}$/u.test(text);
  return fits && !/\d(?:[ .()-]*\d){5}/.test(text) ? text : undefined;
}

const root = join(import.meta.dirname, '..', '..');
const rootUrl = pathToFileURL(root).href;

/** Stack frames as `src/folder/file.ts:12:3`; other packages by their name only. */
function locations(error: Error): readonly string[] {
  const stack = error.stack ?? '';
  const head = `${error.name}: ${error.message}`;
  // A message may contain lines that look like frames: only what follows the message counts.
  const start = stack.indexOf(error.message === '' ? '\n' : error.message);
  if (start < 0 || (!stack.startsWith(head) && start > 120)) return [];
  return stack
    .slice(start + error.message.length)
    .split('\n')
    .flatMap((line) => location(line) ?? []);
}

function location(line: string): string | undefined {
  if (/^\s+at (async )?[\w.<> ]+ \(<anonymous>\)$/.test(line)) return 'built in';
  const found = /(?:\(|at (?:async )?)((?:file:\/\/|node:|\/)[^\s()]+):(\d+):(\d+)\)?$/.exec(line);
  const [, file, row, column] = found ?? [];
  if (file === undefined) return undefined;
  if (file.startsWith('node:')) return `node:${/^node:([\w/.-]{1,80})$/.exec(file)?.[1] ?? ''}`;
  const own = file.replace(rootUrl, '').replace(root, '');
  if (own === file) return 'elsewhere';
  const packaged = /\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\/(?!.*\/node_modules\/)/.exec(own);
  if (packaged) return `node_modules/${packaged[1]}`;
  return /^\/[\w./-]{1,160}$/.test(own) ? `${own.slice(1)}:${row}:${column}` : 'elsewhere';
}

function isOurs(error: Error, at: readonly string[]): boolean {
  // The language's own errors (TypeError, SyntaxError) arise in our files too and quote values.
  return error.constructor === Error && /^(src|adapters)\//.test(at[0] ?? '');
}

function safeCode(code: unknown): string | number | undefined {
  if (typeof code === 'number')
    return Number.isInteger(code) && Math.abs(code) < 1e5 ? code : undefined;
  if (typeof code !== 'string') return undefined;
  return /^([0-9A-Z]{5}|[A-Z][A-Z0-9_]{2,50})$/.test(code) && !/\d{6}/.test(code)
    ? code
    : undefined;
}
