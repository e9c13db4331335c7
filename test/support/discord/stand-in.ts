/**
 * A stand-in for Discord on this machine: its gateway and the part of its REST API that a bot needs,
 * on one port. It keeps messages, interactions and who may see what, answers as Discord does, holds
 * everything that passes against Discord's own description, and can be told to fail.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describedApi } from './described-api.ts';
import { type KeptMessage, messageObject, type Row, userObject } from './messages.ts';
import { createStandInGateway, type StandInGateway } from './stand-in-gateway.ts';

export interface SentRequest {
  readonly method: string;
  /** Below /api/v10. */
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Instead of the answer: the connection is cut before or after it was done, or nothing comes. */
export type Fault = Answer | 'reset' | 'reset-after' | 'silence';

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId?: string;
  /** The message that was pressed. */
  readonly pressed?: KeptMessage;
  readonly sentAt: number;
  /** Type of the first answer, its data and how long it took. */
  callback?: { readonly type: number; readonly data: Record<string, unknown>; readonly ms: number };
  original?: KeptMessage;
  /** What became of the message is final, as far as can be told. */
  answered: boolean;
}

export interface StandIn {
  readonly apiUrl: string;
  readonly applicationId: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly gateway: StandInGateway;
  /** What Discord would have refused, of either side. */
  readonly problems: readonly string[];
  readonly requests: readonly SentRequest[];
  readonly messages: readonly KeptMessage[];
  readonly commands: () => readonly Record<string, unknown>[];
  /** The next calls of this kind meet the fault; 1 unless told. */
  readonly fail: (method: string, path: RegExp, fault: Fault, times?: number) => void;
  /** Hands an interaction to the bot; the same one again where its id and token are given. */
  readonly interact: (from: NewInteraction) => Interaction;
  readonly writeTo: (from: NewMessage) => string;
  readonly directChannel: (userId: string) => string;
  /** Waits until something is true of what was sent. */
  readonly until: (what: string, isTrue: () => boolean) => Promise<void>;
  readonly newId: () => string;
  /** Tokens that Discord takes: another one from now on. */
  token: string;
  /** What Discord says of how many sessions may still be begun. */
  sessionStarts: { readonly remaining?: number; readonly reset_after?: number };
  readonly close: () => Promise<void>;
}

export interface NewInteraction {
  readonly userId: string;
  readonly type: number;
  readonly data: Record<string, unknown>;
  readonly guildId?: string;
  readonly channelId?: string;
  readonly pressed?: KeptMessage;
  readonly locale?: string;
  readonly roles?: readonly string[];
  readonly permissions?: string;
  readonly again?: Interaction;
}

export interface NewMessage {
  readonly userId: string;
  readonly text: string;
  readonly id?: string;
  readonly more?: Record<string, unknown>;
}

export const TOKEN = 'stand-in-token-of-the-bot';

export async function startStandIn(
  options: { readonly judges?: boolean; readonly guilds?: readonly string[] } = {},
): Promise<StandIn> {
  const described = options.judges === false ? undefined : describedApi();
  const problems: string[] = [];
  const requests: SentRequest[] = [];
  const messages: KeptMessage[] = [];
  const interactions = new Map<string, Interaction>();
  const direct = new Map<string, string>();
  const nonces = new Map<string, KeptMessage>();
  const faults: { method: string; path: RegExp; fault: Fault; left: number }[] = [];
  const waiting = new Set<() => void>();
  const applicationId = '700000000000000001';
  const guildId = '600000000000000001';
  const channelId = '500000000000000001';
  let commands: Record<string, unknown>[] = [];
  let last = 1_000_000_000_000_000_000n;
  let changes = 0;
  let url = '';
  const newId = () => String(++last);

  const server = createServer((request, response) => {
    void answerTo(request, response).catch((error: unknown) => {
      problems.push(`the stand-in failed: ${String(error)}`);
      response.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = createStandInGateway({
    token: () => standIn.token,
    applicationId,
    guilds: () => options.guilds ?? [guildId],
    url: () => `ws://${url}`,
  });
  server.on('upgrade', (request, socket, head) => {
    gateway.server.handleUpgrade(request, socket, head, (client) =>
      gateway.server.emit('connection', client, request),
    );
  });

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const path = (request.url ?? '').replace(/^\/api\/v10/, '');
    const method = request.method ?? '';
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { authorization } = request.headers;
    requests.push({ method, path, body, authorization });
    const wrong = described?.request(method, path, body) ?? [];
    problems.push(...wrong.map((one) => `${method} ${path}: ${one}`));
    if (!String(request.headers['user-agent']).startsWith('DiscordBot ('))
      problems.push(`${method} ${path}: no user agent of a bot`);
    if (
      /content":"[^"]*/.test(text) &&
      !text.includes('"parse":[]') &&
      !path.startsWith('/interactions')
    )
      problems.push(`${method} ${path}: somebody could be called by name`);

    const fault = faultFor(method, path);
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'silence') return;
    const answer = fault === undefined || fault === 'reset-after' ? done() : fault;
    tell();
    if (fault === 'reset-after') return void request.socket.destroy();
    const isOwn = fault === undefined;
    if (isOwn && described !== undefined)
      problems.push(
        ...described
          .answer(method, path, answer.status, answer.body)
          .map((one) => `the answer to ${method} ${path}: ${one}`),
      );
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));

    function done(): Answer {
      const known = routeOf(method, path);
      if (known === undefined) return { status: 404, body: { code: 0, message: '404: Not Found' } };
      if (known.asBot && authorization !== `Bot ${standIn.token}`)
        return { status: 401, body: { code: 0, message: '401: Unauthorized' } };
      return known.act(body as Record<string, unknown>);
    }
  }

  function faultFor(method: string, path: string): Fault | undefined {
    const found = faults.find(
      (one) => one.left > 0 && one.method === method && one.path.test(path),
    );
    if (found === undefined) return undefined;
    found.left--;
    return found.fault;
  }

  interface Route {
    readonly asBot: boolean;
    readonly act: (body: Record<string, unknown>) => Answer;
  }

  function routeOf(method: string, path: string): Route | undefined {
    const [, one, two, three, four, five] = path.split('/');
    const call = `${method} ${one}`;
    if (path === '/gateway/bot') return { asBot: true, act: gatewayInformation };
    if (call === 'PUT applications') return { asBot: true, act: registerAll };
    if (path === '/users/@me/channels') return { asBot: true, act: openDirect };
    if (call === 'POST channels' && two !== undefined && three === 'messages')
      return { asBot: true, act: (body) => createMessage(two, body) };
    if (call === 'PATCH channels' && three === 'messages' && four !== undefined)
      return { asBot: true, act: (body) => editMessage(four, body) };
    if (call === 'POST interactions' && two !== undefined && three !== undefined)
      return { asBot: false, act: (body) => callback(two, decodeURIComponent(three), body) };
    if (one !== 'webhooks' || two !== applicationId || three === undefined) return undefined;
    const interaction = interactions.get(decodeURIComponent(three));
    if (interaction === undefined)
      return {
        asBot: false,
        act: () => ({ status: 404, body: { code: 10015, message: 'Unknown Webhook' } }),
      };
    if (method === 'POST' && four === undefined)
      return { asBot: false, act: (body) => followUp(interaction, body) };
    if (four !== 'messages' || five !== '@original') return undefined;
    return {
      asBot: false,
      act: (body) =>
        method === 'DELETE' ? deleteOriginal(interaction) : editOriginal(interaction, body),
    };
  }

  function gatewayInformation(): Answer {
    const session_start_limit = {
      total: 1000,
      remaining: 999,
      reset_after: 0,
      max_concurrency: 1,
      ...standIn.sessionStarts,
    };
    return { status: 200, body: { url: `ws://${url}`, shards: 1, session_start_limit } };
  }

  function registerAll(body: unknown): Answer {
    commands = Array.isArray(body) ? body : [];
    const answered = commands.map((command) => ({
      version: newId(),
      ...command,
      id: newId(),
      application_id: applicationId,
      default_member_permissions:
        typeof command['default_member_permissions'] === 'number'
          ? `${command['default_member_permissions']}`
          : null,
    }));
    return { status: 200, body: answered };
  }

  function directChannel(userId: string): string {
    const id = direct.get(userId) ?? newId();
    direct.set(userId, id);
    return id;
  }

  function openDirect({ recipient_id }: Record<string, unknown>): Answer {
    const id = directChannel(String(recipient_id));
    const recipients = [userObject(String(recipient_id))];
    return { status: 200, body: { id, type: 1, flags: 0, recipients } };
  }

  function keep(fields: Partial<KeptMessage> & Pick<KeptMessage, 'channelId'>): KeptMessage {
    const message: KeptMessage = {
      id: newId(),
      content: '',
      components: [],
      flags: 0,
      loading: false,
      deleted: false,
      changed: ++changes,
      ...fields,
    };
    messages.push(message);
    return message;
  }

  function createMessage(channel: string, body: Record<string, unknown>): Answer {
    const nonce = `${channel}/${String(body['nonce'])}`;
    const known = body['enforce_nonce'] === true ? nonces.get(nonce) : undefined;
    const { content = '' } = contentOf(body);
    const tooLong = content.length > 2_000;
    if (tooLong) return { status: 400, body: { code: 50035, message: 'Invalid Form Body' } };
    const message = known ?? keep({ channelId: channel, ...contentOf(body) });
    nonces.set(nonce, message);
    return { status: 200, body: messageObject(message) };
  }

  function editMessage(id: string, body: Record<string, unknown>): Answer {
    const message = messages.find((one) => one.id === id && !one.deleted);
    if (message === undefined)
      return { status: 404, body: { code: 10008, message: 'Unknown Message' } };
    change(message, body);
    return { status: 200, body: messageObject(message) };
  }

  function callback(id: string, token: string, body: Record<string, unknown>): Answer {
    const interaction = interactions.get(token);
    if (interaction === undefined || interaction.id !== id)
      return { status: 404, body: { code: 10062, message: 'Unknown interaction' } };
    if (interaction.callback !== undefined)
      return {
        status: 400,
        body: { code: 40060, message: 'Interaction has already been acknowledged.' },
      };
    const type = Number(body['type']);
    const data = (body['data'] ?? {}) as Record<string, unknown>;
    interaction.callback = { type, data, ms: performance.now() - interaction.sentAt };
    const { channelId: channel, userId, pressed } = interaction;
    if (type === 4 || type === 5) {
      interaction.original = keep({
        channelId: channel,
        interactionUserId: userId,
        loading: type === 5,
        ...contentOf(data),
      });
    }
    if (type === 6 || type === 7) {
      if (pressed === undefined) problems.push('a message is updated where none was pressed');
      else interaction.original = pressed;
    }
    if (type === 7 && pressed !== undefined) change(pressed, data);
    if (type === 4 || type === 7 || type === 8 || type === 9) interaction.answered = true;
    return { status: 204 };
  }

  function contentOf(body: Record<string, unknown>) {
    return {
      ...(typeof body['content'] === 'string' ? { content: body['content'] } : {}),
      ...(Array.isArray(body['components']) ? { components: body['components'] as Row[] } : {}),
      ...(typeof body['flags'] === 'number' ? { flags: body['flags'] } : {}),
    };
  }

  function change(message: KeptMessage, body: Record<string, unknown>): void {
    const { content, components } = contentOf(body);
    if (content !== undefined) message.content = content;
    if (components !== undefined) message.components = components;
    message.loading = false;
    message.changed = ++changes;
  }

  function followUp(interaction: Interaction, body: Record<string, unknown>): Answer {
    if (interaction.callback === undefined)
      return { status: 404, body: { code: 10015, message: 'Unknown Webhook' } };
    const message = keep({
      channelId: interaction.channelId,
      interactionUserId: interaction.userId,
      ...contentOf(body),
    });
    if (interaction.callback.type !== 6 || interaction.guildId !== undefined)
      interaction.answered = true;
    return { status: 200, body: messageObject(message) };
  }

  function editOriginal(interaction: Interaction, body: Record<string, unknown>): Answer {
    const { original } = interaction;
    if (original === undefined || original.deleted)
      return { status: 404, body: { code: 10008, message: 'Unknown Message' } };
    change(original, body);
    interaction.answered = true;
    return { status: 200, body: messageObject(original) };
  }

  function deleteOriginal(interaction: Interaction): Answer {
    if (interaction.original !== undefined) interaction.original.deleted = true;
    interaction.answered = true;
    return { status: 204 };
  }

  function tell(): void {
    for (const check of waiting) check();
  }

  function until(what: string, isTrue: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`Discord waits in vain for ${what}`));
      }, 15_000);
      const check = () => {
        if (!isTrue()) return;
        waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      waiting.add(check);
      check();
    });
  }

  const standIn: StandIn = {
    apiUrl: `http://${url}/api`,
    applicationId,
    guildId,
    channelId,
    gateway,
    problems,
    requests,
    messages,
    commands: () => commands,
    token: TOKEN,
    sessionStarts: {},
    newId,
    until,
    directChannel,
    fail: (method, path, fault, times = 1) =>
      void faults.push({ method, path, fault, left: times }),
    interact: (from) => {
      const { userId, pressed, again } = from;
      const isDirect = from.guildId === undefined;
      const interaction: Interaction = again ?? {
        id: newId(),
        token: `token-${newId()}`,
        userId,
        channelId: from.channelId ?? (isDirect ? directChannel(userId) : channelId),
        sentAt: performance.now(),
        answered: false,
        ...(from.guildId === undefined ? {} : { guildId: from.guildId }),
        ...(pressed === undefined ? {} : { pressed }),
      };
      interactions.set(interaction.token, interaction);
      gateway.dispatch('INTERACTION_CREATE', packetOf(interaction, from));
      return interaction;
    },
    writeTo: ({ userId, text, id = newId(), more = {} }) => {
      gateway.dispatch('MESSAGE_CREATE', {
        ...messageObject({
          id,
          channelId: directChannel(userId),
          content: text,
          components: [],
          flags: 0,
          loading: false,
          deleted: false,
          changed: 0,
        }),
        author: userObject(userId),
        ...more,
      });
      return id;
    },
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;

  function packetOf(interaction: Interaction, from: NewInteraction) {
    const message = interaction.pressed && messageObject(interaction.pressed);
    const wrong = (message && described?.schema('MessageResponse', message)) ?? [];
    problems.push(...wrong.map((one) => `a message of the stand-in: ${one}`));
    const user = userObject(from.userId);
    const locale = from.locale ?? 'en-GB';
    return {
      id: interaction.id,
      application_id: applicationId,
      type: from.type,
      data: from.data,
      token: interaction.token,
      version: 1,
      locale,
      channel_id: interaction.channelId,
      channel: { id: interaction.channelId, type: interaction.guildId === undefined ? 1 : 0 },
      app_permissions: '2048',
      attachment_size_limit: 10_485_760,
      entitlements: [],
      authorizing_integration_owners: {},
      context: interaction.guildId === undefined ? 1 : 0,
      ...(message === undefined ? {} : { message }),
      ...(interaction.guildId === undefined
        ? { user }
        : {
            guild_id: interaction.guildId,
            guild: { id: interaction.guildId, locale, features: [] },
            member: {
              user,
              roles: from.roles ?? [],
              permissions: from.permissions ?? '0',
              joined_at: '2026-11-02T16:00:00.000Z',
              deaf: false,
              mute: false,
              flags: 0,
            },
          }),
    };
  }
}
