/**
 * Discord on this machine, as lean as it can be: a gateway that brings what people press, and the
 * calls that answer it. It measures, by its own clock, from the sending of an interaction to the last
 * byte of its first answer, and remembers what each person was shown, so that they press next what
 * is really there.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { listen } from '../src/platform/listening.ts';

export interface DiscordStandIn extends Disposable {
  /** With which a bot finds its way here. */
  readonly settings: Readonly<Record<'token' | 'applicationId' | 'apiUrl', string>>;
  /** Resolves when a bot has identified itself. */
  readonly connected: Promise<void>;
  /** Everyone at once. Gives when each was answered first, in milliseconds. */
  readonly act: (actions: readonly Action[]) => Promise<readonly number[]>;
  /** The newest message of somebody's own: ids of what can be pressed there. */
  readonly buttonsOf: (userId: string) => readonly string[];
  /** Closes what connections for calls stand, as Discord does with those that are long idle. */
  readonly hangUp: () => void;
}

export interface Action {
  readonly userId: string;
  /** 2: a command; 3: a button. */
  readonly type: 2 | 3;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Shown {
  readonly content: string;
  readonly components: readonly unknown[];
}

interface UnderWay {
  readonly userId: string;
  readonly sentAt: number;
  acknowledgedAfter?: number;
  answered: boolean;
}

const APPLICATION = '700000000000000001';
const SERVER = '600000000000000001';
const CHANNEL = '500000000000000001';
const EPHEMERAL = 64;
const HELLO = { op: 10, d: { heartbeat_interval: 41_250 } };

/** A bot that only acknowledges is not waited for any longer: `answers` is false. */
export async function startDiscordStandIn({
  answers,
}: {
  readonly answers: boolean;
}): Promise<DiscordStandIn> {
  const shown = new Map<string, Shown>();
  const underWay = new Map<string, UnderWay>();
  const bot = Promise.withResolvers<void>();
  let socket: WebSocket | undefined;
  let sequence = 0;
  let ids = 1_000_000_000_000_000_000n;
  let left = 0;
  let round = Promise.withResolvers<void>();

  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answerTo(request, Buffer.concat(chunks), response));
  });
  http.keepAliveTimeout = 60_000;
  const port = await listen(http, 0, '127.0.0.1');
  const gateway = new WebSocketServer({ server: http });
  gateway.on('connection', (client) => {
    client.send(JSON.stringify(HELLO));
    client.on('message', (raw) => hear(client, textOf(raw)));
  });

  function hear(client: WebSocket, text: string): void {
    const { op } = packet.parse(JSON.parse(text));
    if (op === 1) client.send(JSON.stringify({ op: 11 }));
    if (op !== 2) return;
    socket = client;
    client.send(JSON.stringify(event('READY', ready(port))));
    bot.resolve();
  }

  function event(t: string, d: unknown) {
    return { op: 0, t, s: ++sequence, d };
  }

  function answerTo(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const at = performance.now();
    const [, , , what, first = '', second = '', third] = (request.url ?? '').split('/');
    const token = what === 'interactions' || what === 'webhooks' ? second : '';
    const one = underWay.get(decodeURIComponent(token));
    if (what === 'gateway') return send(response, 200, gatewayOf(port));
    if (what === 'applications') return send(response, 200, []);
    if (one === undefined) return send(response, 200, { id: String(++ids), first });
    if (what === 'interactions' && third === 'callback') {
      response.writeHead(204).end();
      one.acknowledgedAfter ??= at - one.sentAt;
      if (!answers) over(one);
      return;
    }
    send(response, 200, { id: String(++ids) });
    const message = body.length > 0 && shownShape.safeParse(JSON.parse(body.toString()));
    if (message && message.success) shown.set(one.userId, message.data);
    over(one);
  }

  function over(one: UnderWay): void {
    if (one.answered) return;
    one.answered = true;
    left -= 1;
    if (left === 0) round.resolve();
  }

  function packetOf({ userId, type, data }: Action, token: string): string {
    const message = shown.get(userId);
    return JSON.stringify(
      event('INTERACTION_CREATE', {
        id: String(++ids),
        application_id: APPLICATION,
        type,
        data,
        token,
        version: 1,
        locale: 'en-GB',
        channel_id: CHANNEL,
        channel: { id: CHANNEL, type: 0 },
        guild_id: SERVER,
        guild: { id: SERVER, locale: 'en-GB', features: [] },
        member: { ...MEMBER, user: user(userId) },
        app_permissions: '2048',
        attachment_size_limit: 10_485_760,
        entitlements: [],
        authorizing_integration_owners: {},
        context: 0,
        ...(type === 3 && message ? { message: messageOf(message, userId, String(++ids)) } : {}),
      }),
    );
  }

  return {
    settings: {
      token: 'a-token-of-the-bench',
      applicationId: APPLICATION,
      apiUrl: `http://127.0.0.1:${port}/api`,
    },
    connected: bot.promise,
    hangUp: () => http.closeIdleConnections(),
    buttonsOf: (userId) => idsIn(shown.get(userId)?.components),
    act: async (actions) => {
      underWay.clear();
      left = actions.length;
      round = Promise.withResolvers();
      const packets = actions.map((action) => {
        const token = `${'a'.repeat(180)}${++ids}`;
        return { token, userId: action.userId, text: packetOf(action, token) };
      });
      for (const { token, userId, text } of packets) {
        underWay.set(token, { userId, sentAt: performance.now(), answered: false });
        socket?.send(text);
      }
      await round.promise;
      return [...underWay.values()].map(({ acknowledgedAfter }) => {
        if (acknowledgedAfter === undefined) throw new Error('somebody was not acknowledged');
        return acknowledgedAfter;
      });
    },
    [Symbol.dispose]: () => {
      for (const client of gateway.clients) client.terminate();
      gateway.close();
      http.close();
      http.closeAllConnections();
    },
  };
}

function textOf(raw: RawData): string {
  return Buffer.isBuffer(raw) ? raw.toString() : '{}';
}

const packet = z.object({ op: z.number() });
const shownShape = z.object({ content: z.string(), components: z.array(z.unknown()) });
const row = z.object({ components: z.array(z.object({ custom_id: z.string().optional() })) });

function idsIn(components: readonly unknown[] = []): readonly string[] {
  return components.flatMap((one) =>
    row.parse(one).components.flatMap(({ custom_id }) => custom_id ?? []),
  );
}

const MEMBER = {
  roles: [],
  permissions: '32',
  joined_at: '2026-11-02T16:00:00.000Z',
  deaf: false,
  mute: false,
  flags: 0,
};

function user(id: string) {
  return { id, username: 'somebody', avatar: null, discriminator: '0', public_flags: 0 };
}

/** The person's own, which nobody else sees. */
function messageOf({ content, components }: Shown, userId: string, id: string) {
  return {
    id,
    type: 0,
    channel_id: CHANNEL,
    author: { ...user(APPLICATION), bot: true },
    content,
    components,
    mentions: [],
    attachments: [],
    embeds: [],
    timestamp: '2026-11-02T16:00:00.000000+00:00',
    edited_timestamp: null,
    flags: EPHEMERAL,
    interaction_metadata: { id: '900000000000000001', type: 2, user: user(userId) },
  };
}

function ready(port: number) {
  return {
    v: 10,
    user: { ...user(APPLICATION), bot: true },
    guilds: [],
    session_id: 'a-session',
    resume_gateway_url: `ws://127.0.0.1:${port}`,
    shard: [0, 1],
    application: { id: APPLICATION, flags: 0 },
  };
}

function gatewayOf(port: number) {
  const session_start_limit = { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 };
  return { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
