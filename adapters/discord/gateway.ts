/**
 * The one file that imports discord.js: its connection to the gateway, with everything that it does
 * about heartbeats, resuming and identifying. Events leave here as the plain data that Discord sent.
 * Its client is not used: it makes objects of every event, and one that it cannot read ends the
 * process. No message content is asked for, and nothing about people is kept.
 */
import { setTimeout as setTimeoutUntil } from 'node:timers/promises';
import { SimpleIdentifyThrottler, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayCloseCodes, GatewayIntentBits, REST } from 'discord.js';
import type { Log } from '../../src/platform/log.ts';
import { createSessionStarts, type Left, type SessionStarts } from './session-starts.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly onEvent: (name: string, data: unknown) => void;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export interface Gateway {
  readonly stop: () => Promise<void>;
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const LONGEST_CLOSING_MS = 1_000;

/**
 * Comes back when the first connection stands or has failed. After that it goes on by itself: a
 * connection that breaks is made again, a token that Discord does not take is tried no more.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { log } = options;
  const starts = createSessionStarts(log);
  let manager: WebSocketManager | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST_PAUSE_MS;
  let over = false;

  async function connect(): Promise<void> {
    const current = createManager(options, starts, giveUp);
    manager = current;
    try {
      const untilNext = await starts.wait(() => sessionsLeft(current));
      if (over) return;
      if (untilNext > 0) {
        timer = setTimeout(() => void connect(), untilNext);
        timer.unref();
        return;
      }
      await current.connect();
      wait = FIRST_PAUSE_MS;
      if (over) await close();
    } catch (error) {
      if (over) return;
      if (isRefused(error)) return giveUp('token-refused');
      log.warn('Discord could not be reached: it is tried again', { channel: 'discord', error });
      timer = setTimeout(() => void close().then(connect), wait);
      timer.unref();
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
  }

  async function close(): Promise<void> {
    const old = manager;
    manager = undefined;
    const closed = new AbortController();
    const { signal } = closed;
    try {
      // One that is just being made may never say that it has closed.
      const patience = setTimeoutUntil(LONGEST_CLOSING_MS, undefined, { signal }).catch(() => {});
      await Promise.race([old?.destroy(), patience]);
    } catch (error) {
      log.warn('the Discord connection could not be closed', { channel: 'discord', error });
    } finally {
      closed.abort();
    }
  }

  function giveUp(reason: string): void {
    if (over) return;
    over = true;
    log.error(
      'Discord refused the bot: the token or a setting of the application is wrong. Discord is off until Heard starts again',
      { channel: 'discord', reason },
    );
  }

  await connect();
  return {
    stop: async () => {
      over = true;
      clearTimeout(timer);
      await close();
    },
  };
}

/** What trying again cannot mend. */
const REFUSALS: ReadonlySet<number> = new Set([
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

function createManager(
  { token, apiUrl, onEvent, log }: GatewayOptions,
  starts: SessionStarts,
  giveUp: (reason: string) => void,
): WebSocketManager {
  const sessions = new Map<number, Session>();
  const manager = new WebSocketManager({
    token,
    rest: new REST({ api: apiUrl, version: '10' }).setToken(token),
    // Neither is a privileged intent: messages are read only where they are written to us.
    intents: GatewayIntentBits.Guilds | GatewayIntentBits.DirectMessages,
    buildIdentifyThrottler: (its) => throttledBy(starts, its),
    retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
    updateSessionInfo: (shard, session) => {
      if (session === null) sessions.delete(shard);
      else sessions.set(shard, session);
    },
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => onEvent(data.t, data.d));
  manager.on(WebSocketShardEvents.Closed, ({ code }) => {
    if (REFUSALS.has(code)) giveUp(`close-${code}`);
  });
  manager.on(WebSocketShardEvents.Error, ({ error }) => {
    log.warn('the Discord connection broke', { channel: 'discord', error });
  });
  return manager;
}

/** A session that cannot be resumed is begun anew by the manager itself: there too it may wait. */
function throttledBy(starts: SessionStarts, manager: WebSocketManager) {
  const oneAtATime = new SimpleIdentifyThrottler(1);
  return {
    waitForIdentify: async (shard: number, signal: AbortSignal) => {
      await oneAtATime.waitForIdentify(shard, signal);
      for (;;) {
        const wait = await starts.wait(() => sessionsLeft(manager)).catch(() => 0);
        if (wait === 0) return;
        await setTimeoutUntil(wait, undefined, { signal, ref: false });
      }
    },
  };
}

async function sessionsLeft(manager: WebSocketManager): Promise<Left> {
  return (await manager.fetchGatewayInformation(true)).session_start_limit;
}

type Session = NonNullable<Awaited<ReturnType<WebSocketManager['options']['retrieveSessionInfo']>>>;

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401;
}
