/**
 * One HTTP call over connections that are kept open, made once and never followed elsewhere. It says
 * apart what may have reached the other side and what cannot have: nothing is written before a
 * connection stands. Plain `node:http`, because a broadcast makes a million of these.
 */
import * as http from 'node:http';
import * as https from 'node:https';

export interface HttpCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For all of it, the answer's last byte included. */
  readonly timeoutMs: number;
  /** A longer answer is read as an empty one. */
  readonly longest: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly headers: Readonly<http.IncomingHttpHeaders>;
  readonly text: string;
}

/** Throws `NotReached`, a `TimeoutError`, or what broke the connection. */
export function httpCall(call: HttpCall): Promise<HttpAnswer> {
  const { url, method, headers, body } = call;
  return new Promise((resolve, reject) => {
    const outgoing = url.startsWith('https:')
      ? https.request(url, { method, headers, agent: secureAgent })
      : http.request(url, { method, headers, agent: plainAgent });
    let mayHaveLeft = false;
    const timer = setTimeout(() => {
      outgoing.destroy(new DOMException('no answer in time', 'TimeoutError'));
    }, call.timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(mayHaveLeft ? error : new NotReached(error.name, { cause: error }));
    };
    outgoing.on('socket', (socket) => {
      if (outgoing.reusedSocket || !socket.connecting) mayHaveLeft = true;
      else
        socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
          mayHaveLeft = true;
        });
    });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      readBounded(incoming, call.longest, (error, text) => {
        if (error) return fail(error);
        clearTimeout(timer);
        const { statusCode = 0, headers: answered } = incoming;
        const retryAfter = answered['retry-after'];
        resolve({ status: statusCode, retryAfter, headers: answered, text });
      });
    });
    outgoing.end(body);
  });
}

/** The other side could not be reached: the request never began. */
export class NotReached extends Error {}

/** Shorter than any provider keeps an idle connection: a call must not meet its closing. */
const IDLE_MS = 4_000;
const plainAgent = new http.Agent({ keepAlive: true, timeout: IDLE_MS });
const secureAgent = new https.Agent({ keepAlive: true, timeout: IDLE_MS });

function readBounded(
  incoming: http.IncomingMessage,
  longest: number,
  done: (error: Error | undefined, text: string) => void,
): void {
  let text = '';
  incoming.setEncoding('utf8');
  incoming.on('data', (chunk: string) => {
    text += chunk;
    if (text.length <= longest) return;
    text = '';
    done(undefined, '');
    incoming.destroy();
  });
  incoming.on('end', () => done(undefined, text));
  incoming.on('error', (error) => done(error, ''));
}
