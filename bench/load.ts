/**
 * A fixed number of connections, each talking for one person after another: the next text of a
 * person leaves when the answer to the one before has come, as it is with real people.
 */
import { Agent, request } from 'node:http';
import type { SignedText } from './signed-texts.ts';

export interface Load {
  readonly url: URL;
  readonly connections: number;
  /** One list of texts for each person, in order. */
  readonly people: readonly (readonly SignedText[])[];
}

export interface Loaded {
  readonly turns: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
}

export async function load({ url, connections, people }: Load): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  let refused = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    for (let person = people[next++]; person; person = people[next++]) {
      for (const text of person) {
        const sent = performance.now();
        if ((await post(url, agent, text)) !== 200) refused++;
        latencies.push(performance.now() - sent);
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return {
    turns: latencies.length,
    perSecond: latencies.length / seconds,
    p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    refused,
  };
}

function post(url: URL, agent: Agent, text: SignedText): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(text.body),
          'x-twilio-signature': text.signature,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text.body);
  });
}
