/** Starts the stand-in provider and those who send to it, each in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { AS_STARTED } from './as-started.ts';
import type { Stage } from './stage.ts';

const counted = z.object({ messages: z.number(), parts: z.number(), at: z.number() });
/** `at` is by the provider's own clock, in milliseconds. */
export type Counted = Readonly<z.infer<typeof counted>>;

export interface Provider extends Disposable {
  readonly url: string;
  /** What came since the last 0, as soon as it is so many. */
  readonly until: (messages: number) => Promise<Counted>;
  readonly now: () => Promise<Counted>;
}

export async function startProvider(): Promise<Provider> {
  const child = fork(new URL('stand-in-provider.ts', import.meta.url));
  const { port } = z.object({ port: z.number() }).parse(await answerOf(child));
  const until = async (messages: number): Promise<Counted> => {
    child.send(messages);
    return counted.parse(await answerOf(child));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    until,
    now: () => until(1),
    [Symbol.dispose]: () => child.kill(),
  };
}

/** A node of Heard that does nothing but send. */
export interface Node {
  /** The most memory since it was asked the last time. */
  readonly megabytes: () => Promise<number>;
  /** Returns when everything under way is recorded. */
  readonly stop: () => Promise<void>;
}

export function startNode({ settings }: Stage, provider: Provider, partsPerSecond: number): Node {
  const child = startSender('sending-node.ts', provider, {
    ...settings,
    PARTS_PER_SECOND: String(partsPerSecond),
  });
  return {
    megabytes: async () => {
      child.send('memory');
      return z.object({ megabytes: z.number() }).parse(await answerOf(child)).megabytes;
    },
    stop: async () => {
      child.send('stop');
      await answerOf(child);
    },
  };
}

/** Messages a second of a client that has no queue. */
export async function bareRate(provider: Provider, messages: number): Promise<number> {
  const child = startSender('bare-sender.ts', provider, { COUNT: String(messages) });
  const taken = z.object({ messages: z.number(), seconds: z.number() });
  const done = taken.parse(await answerOf(child));
  if (done.messages !== messages) throw new Error(`the bare client sent only ${done.messages}`);
  return messages / done.seconds;
}

const ACCOUNT = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'a token for the bench',
  TWILIO_FROM: '+447700900999',
} as const;

function startSender(
  file: 'bare-sender.ts' | 'sending-node.ts',
  provider: Provider,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  return fork(new URL(file, import.meta.url), {
    env: { ...process.env, ...ACCOUNT, TWILIO_API_URL: provider.url, ...settings },
    execArgv: [...AS_STARTED],
  });
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const answered = new AbortController();
  const { signal } = answered;
  const exit = once(child, 'exit', { signal }).then(
    () => Promise.reject(new Error('a process of the bench ended before it answered')),
    () => undefined,
  );
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), exit])) ?? [];
    return message;
  } finally {
    answered.abort();
  }
}
