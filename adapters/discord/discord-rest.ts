/**
 * One call of Discord's REST API, and what came of it as a value. It never tries twice: who calls
 * knows whether that would be harmless. No token, address or text gets out of here in an error.
 */
import { faultOf } from '../../src/platform/call-fault.ts';
import { type HttpAnswer, httpCall } from '../../src/platform/http-call.ts';
import { waitAsked, withinAnHour } from '../../src/platform/retry-after.ts';
import { apiUrlOf, type DiscordOptions } from './discord-options.ts';
import { createLimits } from './limits.ts';

export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's version; begins with a slash. */
  readonly path: string;
  readonly body?: unknown;
  /** False for what an interaction's own token allows: such calls are not counted as the bot's. */
  readonly asBot: boolean;
  /** Made twice it does no harm. */
  readonly repeatable?: boolean;
}

export type RestResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      /** Discord's own code of what is wrong. */
      readonly code?: number;
      readonly retryAfterMs: number;
    }
  /** Not tried: Discord has told us to wait. */
  | { readonly kind: 'held-back'; readonly retryAfterMs: number }
  /** Nothing has left this machine. */
  | { readonly kind: 'not-reached' }
  /** It may have arrived. */
  | { readonly kind: 'lost'; readonly reason: 'timeout' | 'connection-lost' };

export type Rest = (call: RestCall) => Promise<RestResult>;

const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 512 * 1024;

export function createRest(options: DiscordOptions): Rest {
  const base = `${apiUrlOf(options)}/v10`;
  const { token, timeoutMs = DEFAULT_TIMEOUT_MS, now = () => new Date() } = options;
  const limits = createLimits(now);
  const headers = { 'user-agent': `DiscordBot (${options.publicUrl ?? 'https://localhost'}, 1)` };
  const authorised = { ...headers, authorization: `Bot ${token}` };

  return async ({ method, path, body, asBot, repeatable = false }) => {
    const route = `${method} ${path}`;
    const wait = limits.waitFor(route, { asBot });
    if (wait > 0) return { kind: 'held-back', retryAfterMs: wait };
    const json = body === undefined ? undefined : JSON.stringify(body);
    try {
      const answer = await httpCall({
        url: new URL(`${base}${path}`),
        method,
        headers: {
          ...(asBot ? authorised : headers),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: json }),
        timeoutMs,
        longest: LONGEST_ANSWER,
        repeatable,
      });
      const read = readAnswer(answer, now());
      const { status, retryAfterMs } = read;
      limits.learn(route, { status, asBot, header: answer.header, retryAfterMs });
      return read;
    } catch (error) {
      const fault = faultOf(error);
      return fault === 'not-reached' ? { kind: fault } : { kind: 'lost', reason: fault };
    }
  };
}

export function wentWell(result: RestResult): boolean {
  return result.kind === 'answer' && result.status >= 200 && result.status < 300;
}

/** The text under a name of an answer's body. */
export function textOf(body: unknown, name: string): string | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'string' ? value : undefined;
}

function readAnswer(answer: HttpAnswer, now: Date) {
  const { status, header, text } = answer;
  const body = readJson(text);
  const code = fieldOf(body, 'code');
  return {
    kind: 'answer' as const,
    status,
    body,
    ...(typeof code === 'number' && Number.isInteger(code) ? { code } : {}),
    retryAfterMs: waitOf(fieldOf(body, 'retry_after'), () =>
      waitAsked(header('retry-after'), now, header('date')),
    ),
  };
}

/** The body says it to the millisecond; the header in seconds or, from a proxy, as a date. */
function waitOf(seconds: unknown, asked: () => number): number {
  return typeof seconds === 'number'
    ? withinAnHour(Math.max(1, Math.ceil(seconds * 1000)))
    : asked();
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && name in body
    ? Object.getOwnPropertyDescriptor(body, name)?.value
    : undefined;
}

function readJson(text: string): unknown {
  // Every acknowledgement is answered by nothing: to find that out by an exception is dear.
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
