/**
 * The gateway's half of the stand-in: HELLO, IDENTIFY, READY, events with their numbers, RESUME with
 * what was missed, and the ways in which Discord ends a connection.
 */
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { BOT_USER } from './messages.ts';

interface Packet {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: unknown;
}

interface Session {
  readonly id: string;
  readonly events: Packet[];
  socket?: WebSocket;
  resumable: boolean;
}

export interface StandInGateway {
  /** Sends an event; without a connection it waits to be replayed. */
  readonly dispatch: (name: string, data: unknown) => void;
  readonly server: WebSocketServer;
  /** Resolves at the next READY or RESUMED. */
  readonly nextStart: () => Promise<'ready' | 'resumed'>;
  readonly reconnect: () => void;
  readonly invalidate: (options: { readonly resumable: boolean }) => void;
  readonly drop: (code?: number) => void;
  readonly identified: () => number;
  readonly resumed: () => number;
  readonly isConnected: () => boolean;
  /** The intents that were asked for last. */
  readonly intents: () => number | undefined;
  readonly close: () => void;
}

const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
};

export function createStandInGateway(options: {
  readonly token: () => string;
  readonly applicationId: string;
  readonly guilds: () => readonly string[];
  readonly url: () => string;
}): StandInGateway {
  const server = new WebSocketServer({ noServer: true });
  const waiting: ((how: 'ready' | 'resumed') => void)[] = [];
  const before: Packet[] = [];
  let session: Session | undefined;
  let identified = 0;
  let resumed = 0;
  let intents: number | undefined;

  server.on('connection', (socket) => {
    send(socket, { op: OP.hello, t: null, s: null, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (raw) => receive(socket, raw));
    socket.on('error', () => undefined);
  });

  function receive(socket: WebSocket, raw: RawData): void {
    const { op, d } = JSON.parse(textOf(raw)) as { op: number; d: Record<string, unknown> };
    if (op === OP.heartbeat) send(socket, { op: OP.ack, t: null, s: null, d: null });
    else if (op === OP.identify) identify(socket, d);
    else if (op === OP.resume) resume(socket, d);
  }

  function identify(socket: WebSocket, d: Record<string, unknown>): void {
    identified++;
    if (d['token'] !== options.token()) return socket.close(4004);
    intents = Number(d['intents']);
    session = { id: `session-${identified}`, events: [], socket, resumable: true };
    dispatch('READY', {
      v: 10,
      user: BOT_USER,
      guilds: options.guilds().map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard: [0, 1],
      application: { id: options.applicationId, flags: 0 },
    });
    for (const id of options.guilds()) dispatch('GUILD_CREATE', guild(id));
    for (const packet of before.splice(0)) dispatch(packet.t ?? '', packet.d);
    started('ready');
  }

  function resume(socket: WebSocket, d: Record<string, unknown>): void {
    const old = session?.id === d['session_id'] ? session : undefined;
    if (old?.resumable !== true || d['token'] !== options.token())
      return send(socket, invalidSession(false));
    resumed++;
    old.socket = socket;
    const seen = Number(d['seq']);
    for (const packet of old.events) if ((packet.s ?? 0) > seen) send(socket, packet);
    dispatch('RESUMED', {});
    started('resumed');
  }

  function started(how: 'ready' | 'resumed'): void {
    for (const tell of waiting.splice(0)) tell(how);
  }

  function dispatch(name: string, data: unknown): void {
    if (session === undefined)
      return void before.push({ op: OP.dispatch, t: name, s: null, d: data });
    const packet = { op: OP.dispatch, t: name, s: session.events.length + 1, d: data };
    session.events.push(packet);
    if (session.socket?.readyState === WebSocket.OPEN) send(session.socket, packet);
  }

  function invalidSession(resumable: boolean): Packet {
    return { op: OP.invalid, t: null, s: null, d: resumable };
  }

  return {
    server,
    dispatch,
    nextStart: () => new Promise((resolve) => waiting.push(resolve)),
    reconnect: () =>
      session?.socket && send(session.socket, { op: OP.reconnect, t: null, s: null, d: null }),
    invalidate: ({ resumable }) => {
      if (session === undefined) return;
      session.resumable = resumable;
      if (session.socket) send(session.socket, invalidSession(resumable));
    },
    drop: (code) => {
      if (code === undefined) session?.socket?.terminate();
      else session?.socket?.close(code);
    },
    identified: () => identified,
    resumed: () => resumed,
    isConnected: () => session?.socket?.readyState === WebSocket.OPEN,
    intents: () => intents,
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function textOf(raw: RawData): string {
  return Buffer.isBuffer(raw) ? raw.toString('utf8') : '{}';
}

function send(socket: WebSocket, packet: Packet): void {
  socket.send(JSON.stringify(packet));
}

function guild(id: string) {
  return {
    id,
    name: 'A server',
    icon: null,
    features: [],
    owner_id: '100000000000000009',
    joined_at: '2026-11-02T16:00:00.000Z',
    large: false,
    unavailable: false,
    member_count: 3,
    members: [],
    channels: [],
    threads: [],
    roles: [],
    emojis: [],
    stickers: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
