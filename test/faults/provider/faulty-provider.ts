/**
 * A stand-in for the SMS provider that misbehaves by its seed, over real HTTP. It keeps the truth:
 * what phones really got, and which fault each call met. Each machine calls it under an address of
 * its own, so that a call can be the end of the one that makes it.
 */
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../../src/platform/listening.ts';
import { sidFrom } from '../chance.ts';
import { type Calls, createCalls, type Treatment } from './calls.ts';
import { type CallbackAnswer, createReporter, type Reporting } from './reporter.ts';
import { answer, type Look, nonceIn, readBody, type Taken } from './wire.ts';

export interface FaultyProvider extends Pick<Calls, 'troubled' | 'called'> {
  readonly url: string;
  /** In the order in which they were taken. */
  readonly taken: readonly Taken[];
  readonly looks: readonly Look[];
  readonly callbackAnswers: readonly CallbackAnswer[];
  /** Nobody can connect while this lasts. */
  readonly refuseWhile: (meanwhile: () => Promise<void>) => Promise<void>;
  /** The next call of the machine that is to be lost is its last. */
  readonly loseOne: () => void;
  /** This happens during the next call for that number. */
  readonly whileCalled: Calls['whileCalled'];
  /** From now on it behaves, and its list can be read. */
  readonly recover: () => void;
  /** Sends the reports that were held back, and waits for all that are under way. */
  readonly reportTheLate: () => Promise<void>;
  readonly reportThreeDaysLate: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startFaultyProvider(options: Reporting & Treatment): Promise<FaultyProvider> {
  const { chance, tally } = options;
  const taken: Taken[] = [];
  const looks: Look[] = [];
  const held = new Map<string, Taken>();
  let behaves = false;
  let isListDown = false;
  const reports = createReporter(options);
  const lists = chance.apart('lists');

  const take = (form: URLSearchParams): Taken => {
    const to = form.get('To') ?? '';
    const message = {
      to,
      body: form.get('Body') ?? '',
      nonce: nonceIn(form),
      sid: sidFrom(chance.inTurn(`taken for ${to}`)),
    };
    taken.push(message);
    held.set(message.sid, message);
    return message;
  };
  const calls = createCalls({ ...options, take, reports, isRecovered: () => behaves });

  const list = (url: string, response: ServerResponse): void => {
    // Never for long: what is not listed in time is sent again without a look.
    isListDown = !behaves && !isListDown && lists.happens(0.5);
    if (isListDown) {
      tally.note('a list that cannot be read');
      return answer(response, 503, {});
    }
    const to = new URL(url, 'http://localhost').searchParams.get('To');
    looks.push({ to, at: new Date() });
    const messages = [...held.values()]
      .filter((one) => (to === null || one.to === to) && !reports.isUnlisted(one))
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
      const { url = '' } = request;
      const machine = Number(/^\/machine-(\d+)\//.exec(url)?.[1] ?? -1);
      if (request.method === 'POST')
        return calls.take(machine, new URLSearchParams(body), response);
      if (request.method === 'GET') return list(url, response);
      const sid = /\/Messages\/(\w+)\.json$/.exec(url)?.[1] ?? '';
      return held.delete(sid) ? response.writeHead(204).end() : answer(response, 404, {});
    });
  });
  const port = await listen(server, 0, '127.0.0.1');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    looks,
    troubled: calls.troubled,
    called: calls.called,
    callbackAnswers: reports.answers,
    refuseWhile: async (meanwhile) => {
      await close();
      try {
        await meanwhile();
      } finally {
        await listenAgain(() => listen(server, port, '127.0.0.1'));
      }
    },
    loseOne: calls.loseOne,
    whileCalled: calls.whileCalled,
    recover: () => {
      behaves = true;
    },
    reportTheLate: reports.late,
    reportThreeDaysLate: reports.threeDaysLate,
    stop: close,
  };
}

/** Somebody's passing connection may have the port for a moment. */
async function listenAgain(again: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      await again();
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('the provider could not come back');
}
