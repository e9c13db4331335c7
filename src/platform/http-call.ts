/**
 * One HTTP call over connections that are kept open, made once and never followed elsewhere. It says
 * apart what may have reached the other side and what cannot have: nothing is written before a
 * connection stands. By undici's dispatch, because a broadcast makes a million of these and it takes
 * half the work of `node:http`.
 */
import { Agent, type Dispatcher } from 'undici';
import { NotReached } from './call-fault.ts';

export interface HttpCall {
  /** Read already: whoever makes a million calls to one address reads it once. */
  readonly url: URL;
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For all of it, the answer's last byte included. */
  readonly timeoutMs: number;
  /** A longer answer is read as an empty one. */
  readonly longest: number;
  /** Made twice it does no harm: it may meet the end of a connection, and so gets one kept longer. */
  readonly repeatable?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** By its name in small letters; the last one where a name comes twice. */
  readonly header: (name: string) => string | undefined;
}

/** Throws `NotReached`, a `TimeoutError`, or what broke the connection. */
export function httpCall(call: HttpCall): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const exchange = exchangeOf(call, resolve, reject);
    const { origin, pathname, search } = call.url;
    const agent = call.repeatable === true ? longKept : shortKept;
    agent.dispatch(
      {
        origin,
        path: pathname + search,
        method: call.method,
        headers: call.headers,
        body: call.body ?? null,
      },
      exchange,
    );
  });
}

/** Shorter than any provider keeps an idle connection: a call must not meet its closing. */
const IDLE_MS = 4_000;
/** One timer watches over all of a call (`timeoutMs`); two of undici's beside it would watch parts. */
const UNTIMED = { headersTimeout: 0, bodyTimeout: 0 } as const;
const shortKept = new Agent({
  ...UNTIMED,
  keepAliveTimeout: IDLE_MS,
  keepAliveMaxTimeout: IDLE_MS,
  pipelining: 1,
});

/**
 * A hundred people answer at once, and then think for a while: to open a connection for each of them
 * anew takes longer than the call. Where the other side says how long it keeps one, that counts.
 */
const LONG_IDLE_MS = 60_000;
const MOST_KEPT = 256;
const longKept = new Agent({
  ...UNTIMED,
  keepAliveTimeout: LONG_IDLE_MS,
  keepAliveMaxTimeout: LONG_IDLE_MS,
  pipelining: 1,
  connections: MOST_KEPT,
});

function exchangeOf(
  { timeoutMs, longest }: HttpCall,
  resolve: (answer: HttpAnswer) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandlers {
  let abort: ((reason: Error) => void) | undefined;
  let isOver = false;
  let status = 0;
  let rawHeaders: readonly Buffer[] = [];
  let length = 0;
  const chunks: Buffer[] = [];

  const end = (): boolean => {
    clearTimeout(timer);
    const isFirst = !isOver;
    isOver = true;
    return isFirst;
  };
  const fail = (error: Error): void => {
    if (end()) reject(abort ? error : new NotReached(error.name, { cause: error }));
  };
  const timer = setTimeout(() => {
    const late = new DOMException('no answer in time', 'TimeoutError');
    fail(late);
    abort?.(late);
  }, timeoutMs);

  return {
    // The connection stands, and the request is written as soon as this returns.
    onConnect: (stop) => {
      if (isOver) stop(new Error('it was given up before it began'));
      else abort = stop;
    },
    onHeaders: (statusCode, headers) => {
      status = statusCode;
      rawHeaders = headers;
      return true;
    },
    onData: (chunk) => {
      // What is too long passes by unkept, until it ends or time does.
      length += chunk.length;
      if (length <= longest) chunks.push(chunk);
      return true;
    },
    onComplete: () => {
      const text = length <= longest ? Buffer.concat(chunks).toString() : '';
      if (end()) resolve(answerOf(status, rawHeaders, text));
    },
    onError: fail,
  };
}

/** Headers are read when somebody asks for one: most answers are looked at for their body only. */
function answerOf(status: number, raw: readonly Buffer[], text: string): HttpAnswer {
  let read: Readonly<Record<string, string>> | undefined;
  return {
    status,
    text,
    header: (name) => {
      read ??= readHeaders(raw);
      return read[name];
    },
  };
}

function readHeaders(raw: readonly Buffer[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2)
    headers[`${raw[at]?.toString('latin1').toLowerCase()}`] = `${raw[at + 1]?.toString('latin1')}`;
  return headers;
}
