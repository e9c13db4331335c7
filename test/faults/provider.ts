/**
 * A stand-in for the SMS provider that misbehaves by its seed, over real HTTP: it says no, says
 * nothing, says rubbish, breaks connections before and after it took a message, and reports what
 * became of messages twice, out of order, late or never. It keeps the truth: what phones really got.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../src/platform/listening.ts';
import type { Chance } from './chance.ts';
import type { Fields, Posted } from './signed-post.ts';

/** A message that the provider took: a phone got it. In the order in which they were taken. */
export interface Taken {
  readonly to: string;
  readonly body: string;
  readonly nonce: string;
  readonly sid: string;
}

/** How Heard answered a status callback. */
export interface CallbackAnswer {
  readonly about: 'taken' | 'unknown' | 'nonsense';
  readonly status: number;
}

export interface FaultyProvider {
  readonly url: string;
  readonly taken: readonly Taken[];
  readonly callbackAnswers: readonly CallbackAnswer[];
  /** How often it did each of its tricks. */
  readonly tricks: ReadonlyMap<string, number>;
  /** From now on it behaves, and its list can be read. */
  readonly recover: () => void;
  /** Sends the reports that were held back, and waits for all that are under way. */
  readonly reportTheRest: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface FaultyProviderOptions {
  readonly chance: Chance;
  readonly accountSid: string;
  /** Brings a report to any machine until one takes it. */
  readonly bring: (path: string, fields: Fields) => Promise<Posted>;
  /** The numbers whose owners opted out at the provider itself. */
  readonly optedOutHere: ReadonlySet<string>;
  /** Called in the middle of a call: a machine may be killed there. */
  readonly inTheMiddle: () => void;
}

type Trick =
  | 'answers'
  | 'storm'
  | 'error'
  | 'error-after-taking'
  | 'reset'
  | 'reset-after-taking'
  | 'rubbish'
  | 'rubbish-after-taking'
  | 'silence'
  | 'silence-after-taking'
  | 'slow'
  | 'dies-before-taking'
  | 'dies-after-taking';

const TRICKS: readonly Trick[] = [
  'storm',
  'error',
  'error-after-taking',
  'reset',
  'reset-after-taking',
  'rubbish',
  'rubbish-after-taking',
  'silence',
  'silence-after-taking',
  'slow',
  'dies-before-taking',
  'dies-after-taking',
];
const MISBEHAVES = 0.35;
/** Longer than the machines of these runs wait (under-faults/stand-ins.ts). */
const SILENCE_MS = 2_500;

export async function startFaultyProvider(options: FaultyProviderOptions): Promise<FaultyProvider> {
  const { chance, optedOutHere } = options;
  const taken: Taken[] = [];
  const held = new Map<string, Taken>();
  const tricks = new Map<string, number>();
  let behaves = false;
  let throttling = 0;
  const reports = reporter(options, (name) => count(name));

  const count = (name: string): void => {
    tricks.set(name, (tricks.get(name) ?? 0) + 1);
  };

  const trickFor = (): Trick => {
    if (behaves) return 'answers';
    if (throttling > 0) return 'storm';
    return chance.happens(MISBEHAVES) ? chance.pick(TRICKS) : 'answers';
  };

  const take = (form: URLSearchParams): Taken => {
    const message = {
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      nonce: /\/channels\/sms\/status\/([^/]+)$/.exec(form.get('StatusCallback') ?? '')?.[1] ?? '',
      sid: `SM${randomBytes(16).toString('hex')}`,
    };
    taken.push(message);
    held.set(message.sid, message);
    return message;
  };

  const takeCall = async (form: URLSearchParams, response: ServerResponse): Promise<void> => {
    if (optedOutHere.has(form.get('To') ?? '')) return answer(response, 400, { code: 21610 });
    const trick = trickFor();
    count(trick);
    if (trick === 'storm') {
      throttling = throttling > 0 ? throttling - 1 : 3;
      response.setHeader('retry-after', '1');
      return answer(response, 429, { code: 20429 });
    }
    if (trick === 'dies-before-taking') options.inTheMiddle();
    const isTaken = ['answers', 'slow'].includes(trick) || trick.endsWith('after-taking');
    if (trick.startsWith('dies-before')) await sleep(20);
    const message = isTaken || trick === 'dies-before-taking' ? take(form) : undefined;
    if (trick === 'dies-after-taking') options.inTheMiddle();
    if (message) await reports.before(message);
    if (trick === 'slow') await sleep(200 + chance.below(1_000));
    if (trick.startsWith('silence')) await sleep(SILENCE_MS);
    if (trick.startsWith('error')) answer(response, chance.pick([500, 502, 504]), {});
    else if (trick.startsWith('reset')) response.socket?.resetAndDestroy();
    else if (trick.startsWith('rubbish')) response.writeHead(200).end('<html>It works!</html>');
    else if (message) answer(response, 201, { sid: message.sid, status: 'queued' });
    else response.socket?.destroy();
    if (message) reports.after(message);
  };

  const list = (url: string, response: ServerResponse): void => {
    if (!behaves && chance.happens(0.5)) return answer(response, 503, {});
    const to = new URL(url, 'http://localhost').searchParams.get('To');
    const messages = [...held.values()]
      .filter((one) => to === null || one.to === to)
      .map(({ sid, to: number, body }) => ({
        sid,
        status: 'sent',
        direction: 'outbound-api',
        to: number,
        body,
        date_sent: new Date().toUTCString(),
      }));
    answer(response, 200, { messages: messages.toReversed(), next_page_uri: null });
  };

  const server = createServer((request, response) => {
    response.on('error', () => {});
    void readBody(request).then((body) => {
      if (request.method === 'POST') return takeCall(new URLSearchParams(body), response);
      if (request.method === 'GET') return list(request.url ?? '', response);
      const sid = /\/Messages\/(\w+)\.json$/.exec(request.url ?? '')?.[1] ?? '';
      return held.delete(sid) ? response.writeHead(204).end() : answer(response, 404, {});
    });
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    callbackAnswers: reports.answers,
    tricks,
    recover: () => {
      behaves = true;
    },
    reportTheRest: reports.rest,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The machine was killed while it asked.
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface Reporter {
  /** While the machine still waits for the answer to its call. */
  readonly before: (message: Taken) => Promise<void>;
  readonly after: (message: Taken) => void;
  readonly rest: () => Promise<void>;
  readonly answers: readonly CallbackAnswer[];
}

type Plan = 'usual' | 'early' | 'never' | 'late' | 'fifty' | 'backwards' | 'undelivered' | 'stray';
const PLANS: readonly Plan[] = [
  'usual',
  'usual',
  'early',
  'never',
  'late',
  'fifty',
  'backwards',
  'undelivered',
  'stray',
];
const AT_ONCE = 50;
/** How many messages of a run are reported so often: each costs a second of this machine. */
const MOST_FIFTIES = 2;

function reporter(
  { chance, accountSid, bring }: FaultyProviderOptions,
  count: (plan: string) => void,
): Reporter {
  const plans = new Map<string, Plan>();
  const answers: CallbackAnswer[] = [];
  const late: Taken[] = [];
  const underWay = new Set<Promise<void>>();
  let fifties = 0;

  const report = async (
    about: CallbackAnswer['about'],
    { sid }: Taken,
    nonce: string,
    status: string,
  ): Promise<void> => {
    const posted = await bring(`/channels/sms/status/${nonce}`, {
      AccountSid: accountSid,
      MessageSid: sid,
      MessageStatus: status,
      ...(status === 'undelivered' ? { ErrorCode: '30003' } : {}),
    });
    answers.push({ about, status: posted.status });
  };
  const tell = async (message: Taken, ...statuses: readonly string[]): Promise<void> => {
    for (const status of statuses) await report('taken', message, message.nonce, status);
  };

  const planFor = (message: Taken): Plan => {
    const drawn = chance.pick(PLANS);
    const plan = drawn === 'fifty' && fifties >= MOST_FIFTIES ? 'usual' : drawn;
    if (plan === 'fifty') fifties += 1;
    plans.set(message.sid, plan);
    count(`reports: ${plan}`);
    return plan;
  };

  const carryOut = async (message: Taken): Promise<void> => {
    await sleep(chance.below(150));
    switch (plans.get(message.sid)) {
      case 'usual':
        return tell(message, 'sent', 'delivered');
      case 'early':
        return tell(message, 'sent');
      case 'backwards':
        return tell(message, 'delivered', 'queued', 'sent');
      case 'undelivered':
        return tell(message, 'sent', 'undelivered', 'delivered');
      case 'fifty':
        await Promise.all(Array.from({ length: AT_ONCE }, () => tell(message, 'delivered')));
        return;
      case 'late':
        late.push(message);
        return;
      case 'stray':
        await report('unknown', message, randomUUID(), 'delivered');
        return report('nonsense', message, message.nonce, 'teleported');
      default:
    }
  };

  const start = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work)).catch(() => {});
  };

  return {
    answers,
    before: async (message) => {
      if (planFor(message) === 'early') await tell(message, 'delivered');
    },
    after: (message) => start(carryOut(message)),
    rest: async () => {
      for (const message of late.splice(0)) start(tell(message, 'delivered'));
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
