/**
 * A stand-in for Discord on this machine: its gateway and the part of its REST API that a bot needs,
 * on one port. It keeps messages, interactions and who may see what, answers as Discord does, holds
 * everything that passes against Discord's own description, and can be told to fail.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, NOT_FOUND, UNAUTHORIZED } from './answers.ts';
import { botApi, type SessionStarts } from './bot-api.ts';
import { createFaults, type Faults } from './faults.ts';
import { interactionApi } from './interaction-api.ts';
import { type Interaction, interactionObject, type NewInteraction } from './interactions.ts';
import { createJudge } from './judge.ts';
import { keepMessages } from './kept-messages.ts';
import { type KeptMessage, messageObject, userObject } from './messages.ts';
import { createStandInGateway, type StandInGateway } from './stand-in-gateway.ts';
import { createWaiting, type Waiting } from './waiting.ts';

export interface SentRequest {
  readonly method: string;
  /** Below /api/v10. */
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
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
  readonly fail: Faults['add'];
  /** Hands an interaction to the bot; the same one again where its id and token are given. */
  readonly interact: (from: NewInteraction) => Interaction;
  readonly writeTo: (from: NewMessage) => string;
  readonly directChannel: (userId: string) => string;
  /** Waits until something is true of what was sent. */
  readonly until: Waiting['until'];
  readonly newId: () => string;
  /** Tokens that Discord takes: another one from now on. */
  token: string;
  /** What Discord says of how many sessions may still be begun. */
  sessionStarts: SessionStarts;
  readonly close: () => Promise<void>;
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
  const applicationId = '700000000000000001';
  const guildId = '600000000000000001';
  const channelId = '500000000000000001';
  let last = 1_000_000_000_000_000_000n;
  const newId = () => String(++last);
  const judge = createJudge(options.judges !== false);
  const { problems } = judge;
  const faults = createFaults();
  const waiting = createWaiting();
  const requests: SentRequest[] = [];
  const messages = keepMessages(newId);
  const byToken = new Map<string, Interaction>();

  const server = createServer((request, response) => {
    void answerTo(request, response).catch((error: unknown) => {
      problems.push(`the stand-in failed: ${String(error)}`);
      response.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gatewayUrl = `ws://${host}`;
  const gateway = createStandInGateway({
    token: () => standIn.token,
    applicationId,
    guilds: () => options.guilds ?? [guildId],
    url: () => gatewayUrl,
  });
  server.on('upgrade', (request, socket, head) => {
    gateway.server.handleUpgrade(request, socket, head, (client) =>
      gateway.server.emit('connection', client, request),
    );
  });
  const forInteractions = interactionApi({ applicationId, byToken, messages, problems });
  const forBot = botApi({
    applicationId,
    newId,
    messages,
    gateway: () => ({ url: gatewayUrl, sessionStarts: standIn.sessionStarts }),
  });

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const path = (request.url ?? '').replace(/^\/api\/v10/, '');
    const method = request.method ?? '';
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { headers } = request;
    const sent = { method, path, body, authorization: headers.authorization };
    requests.push(sent);
    judge.request({ method, path, body, text, headers });

    const fault = faults.take(method, path);
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'silence') return;
    const answer = fault === undefined || fault === 'reset-after' ? done(sent) : fault;
    waiting.lookAgain();
    if (fault === 'reset-after') return void request.socket.destroy();
    if (fault === undefined) judge.answer(method, path, answer);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  function done({ method, path, body, authorization }: SentRequest): Answer {
    const asBot = forBot.callOf(method, path);
    if (asBot !== undefined && authorization !== `Bot ${standIn.token}`) return UNAUTHORIZED;
    const act = asBot ?? forInteractions(method, path);
    return act === undefined ? NOT_FOUND : act(body as Record<string, unknown>);
  }

  function interact(from: NewInteraction): Interaction {
    const { userId, pressed, again } = from;
    const isDirect = from.guildId === undefined;
    const interaction: Interaction = again ?? {
      id: newId(),
      token: `token-${newId()}`,
      userId,
      channelId: from.channelId ?? (isDirect ? forBot.directChannel(userId) : channelId),
      sentAt: performance.now(),
      answered: false,
      ...(from.guildId === undefined ? {} : { guildId: from.guildId }),
      ...(pressed === undefined ? {} : { pressed }),
    };
    byToken.set(interaction.token, interaction);
    const packet = interactionObject(applicationId, interaction, from);
    if (packet.message !== undefined) judge.message(packet.message);
    gateway.dispatch('INTERACTION_CREATE', packet);
    return interaction;
  }

  function writeTo({ userId, text, id = newId(), more = {} }: NewMessage): string {
    gateway.dispatch('MESSAGE_CREATE', {
      ...messageObject({
        id,
        channelId: forBot.directChannel(userId),
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
  }

  const standIn: StandIn = {
    apiUrl: `http://${host}/api`,
    applicationId,
    guildId,
    channelId,
    gateway,
    problems,
    requests,
    messages: messages.all,
    commands: forBot.commands,
    token: TOKEN,
    sessionStarts: {},
    newId,
    until: waiting.until,
    directChannel: forBot.directChannel,
    fail: faults.add,
    interact,
    writeTo,
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}
