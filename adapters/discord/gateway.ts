/**
 * The one file that imports discord.js: its gateway connection, with everything that it does about
 * heartbeats, resuming and identifying. Events leave here as the plain data that Discord sent; no
 * message content is asked for, and nothing about people is kept.
 */
import { Client, Events, GatewayIntentBits, Options } from 'discord.js';
import type { Log } from '../../src/platform/log.ts';

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

/**
 * Comes back when the first connection stands or has failed. After that it goes on by itself: a
 * connection that breaks is made again, a token that Discord does not take is tried no more.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { log } = options;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let wait = FIRST_PAUSE_MS;

  async function connect(): Promise<void> {
    client = createClient(options, again);
    try {
      await client.login(options.token);
      wait = FIRST_PAUSE_MS;
      if (stopped) await close();
    } catch (error) {
      if (stopped) return;
      const reason = refusalOf(error);
      if (reason !== undefined) return giveUp(log, reason);
      log.warn('Discord could not be reached: it is tried again', { channel: 'discord', error });
      again();
    }
  }

  function again(): void {
    if (stopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void close().then(connect);
    }, wait);
    timer.unref();
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }

  async function close(): Promise<void> {
    const old = client;
    client = undefined;
    await old?.destroy().catch(() => undefined);
  }

  await connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await close();
    },
  };
}

function createClient(options: GatewayOptions, brokeDown: () => void): Client {
  const { log } = options;
  const client = new Client({
    // Neither is a privileged intent: messages are read only where they are written to us.
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
    rest: { api: options.apiUrl, version: '10' },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      DMMessageManager: 0,
      GuildMemberManager: 0,
      GuildMessageManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: 0,
      VoiceStateManager: 0,
    }),
  });
  // As it came, before discord.js makes objects of it: an acknowledgement must not wait for that.
  client.on(Events.Raw, (packet: { readonly t?: unknown; readonly d?: unknown }) => {
    if (typeof packet.t === 'string') options.onEvent(packet.t, packet.d);
  });
  client.on(Events.Error, (error) => {
    log.error('the Discord gateway failed', { channel: 'discord', error });
  });
  client.on(Events.ShardError, (error) => {
    log.warn('the Discord connection broke', { channel: 'discord', error });
  });
  client.on(Events.ShardDisconnect, ({ code }) => giveUp(log, `close-${code}`));
  client.on(Events.Invalidated, brokeDown);
  return client;
}

function giveUp(log: GatewayOptions['log'], reason: string): void {
  log.error(
    'Discord refused the bot: the token or a setting of the application is wrong. Discord is off until Heard starts again',
    { channel: 'discord', reason },
  );
}

/** What trying again cannot mend; undefined for everything else. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'TokenInvalid') return 'token-refused';
  return REFUSALS.get(error.message);
}

const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['Authentication failed', 'close-4004'],
  ['Invalid shard', 'close-4010'],
  ['Sharding is required', 'close-4011'],
  ['Used an invalid API version', 'close-4012'],
  ['Used invalid intents', 'close-4013'],
  ['Used disallowed intents', 'close-4014'],
]);
