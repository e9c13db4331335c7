/**
 * Stands in for Microsoft's connector over HTTP: conversations with members, and what stands in them.
 * It takes only what the real one takes: the bot's own token, known conversations, activities and
 * cards of the right shape and size. Faults are set one by one and used up in order.
 */
import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { checkCard } from './card-rules.ts';
import { bodyOf, listening } from './local-server.ts';
import type { TokenIssuer } from './token-issuer.ts';

export interface StandInConnector {
  readonly url: string;
  readonly calls: readonly ConnectorCall[];
  /** What stands in a conversation, in order; an update changes it in its place. */
  readonly posted: (conversation: string) => readonly PostedActivity[];
  readonly chat: (id: string, chat: StandInChat) => void;
  /** For the calls to come, one each. */
  readonly faults: Fault[];
  readonly close: () => Promise<void>;
}

export interface ConnectorCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface PostedActivity {
  readonly id: string;
  readonly activity: SentActivity;
  readonly updates: number;
}

export interface StandInChat {
  readonly members: readonly string[];
  /** The person whose own chat with the bot it is; undefined for a chat of several. */
  readonly personal?: string;
}

export type Fault =
  | {
      readonly status: number;
      readonly retryAfter?: string;
      readonly date?: string;
      readonly body?: string;
    }
  /** Takes the message, and then does not say so. */
  | 'silence'
  | 'reset'
  | 'taken-and-reset'
  | 'none';

const activityShape = z.object({
  type: z.literal('message'),
  text: z.string().optional(),
  textFormat: z.string().optional(),
  summary: z.string().optional(),
  locale: z.string().optional(),
  attachments: z
    .array(z.object({ contentType: z.string(), content: z.record(z.string(), z.json()) }))
    .optional(),
});
export type SentActivity = z.infer<typeof activityShape>;

const PAGE = 25;
/** What Teams takes of one message. */
const LARGEST = 28 * 1024;

export async function startConnector(issuer: TokenIssuer): Promise<StandInConnector> {
  const chats = new Map<string, StandInChat>();
  const standing = new Map<string, PostedActivity[]>();
  const calls: ConnectorCall[] = [];
  const faults: Fault[] = [];
  let counter = 0;

  const post = (conversation: string, json: unknown): { status: number; answer: unknown } => {
    const read = activityShape.safeParse(json);
    if (!read.success) return { status: 400, answer: { error: { code: 'BadSyntax' } } };
    if (Buffer.byteLength(JSON.stringify(json)) > LARGEST)
      return { status: 413, answer: { error: { code: 'MessageSizeTooBig' } } };
    for (const { content } of read.data.attachments ?? []) checkCard(content);
    counter += 1;
    const id = `17000000000${counter}`;
    const stands = standing.get(conversation) ?? [];
    standing.set(conversation, [...stands, { id, activity: read.data, updates: 0 }]);
    return { status: 201, answer: { id } };
  };

  const update = (conversation: string, id: string, json: unknown) => {
    const activity = activityShape.parse(json);
    for (const { content } of activity.attachments ?? []) checkCard(content);
    const stands = standing.get(conversation) ?? [];
    if (!stands.some((one) => one.id === id)) return { status: 404, answer: {} };
    standing.set(
      conversation,
      stands.map((one) => (one.id === id ? { id, activity, updates: one.updates + 1 } : one)),
    );
    return { status: 200, answer: { id } };
  };

  const create = (json: unknown) => {
    const { members, isGroup, channelData, activity } = createShape.parse(json);
    if (isGroup && channelData.channel !== undefined) {
      const made = post(`${channelData.channel.id};messageid=${counter + 1}`, activity);
      if (made.status !== 201) return made;
      const { id } = made.answer as { id: string };
      return { status: 201, answer: { id: channelData.channel.id, activityId: id } };
    }
    const person = members?.[0]?.id;
    const own = [...chats].find(([, chat]) => chat.personal === person);
    return own === undefined
      ? { status: 403, answer: { error: { code: 'BotNotInConversationRoster' } } }
      : { status: 201, answer: { id: own[0] } };
  };

  const handle = (method: string, path: string, query: URLSearchParams, json: unknown) => {
    const [, conversation = '', rest = '', activityId = ''] =
      /^\/v3\/conversations(?:\/([^/]+)(?:\/([a-z]+)(?:\/([^/]+))?)?)?$/.exec(path) ?? [];
    const id = decodeURIComponent(conversation);
    if (method === 'POST' && id === '') return create(json);
    const chat = chats.get(id.replace(/;messageid=.*$/, ''));
    if (chat === undefined) return { status: 404, answer: { error: { code: 'NotFound' } } };
    if (method === 'GET' && rest === 'pagedmembers') {
      const from = Number(query.get('continuationToken') ?? 0);
      const members = chat.members.slice(from, from + PAGE).map((one) => ({ id: one }));
      const next = from + PAGE < chat.members.length ? { continuationToken: `${from + PAGE}` } : {};
      return { status: 200, answer: { members, ...next } };
    }
    if (method === 'POST' && rest === 'activities') return post(id, json);
    if (method === 'PUT' && rest === 'activities')
      return update(id, decodeURIComponent(activityId), json);
    return { status: 405, answer: {} };
  };

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://here');
    const json: unknown = body === '' ? undefined : JSON.parse(body);
    const method = request.method ?? '';
    calls.push({ method, path: pathname, body: json });
    const fault = faults.shift() ?? 'none';
    if (fault === 'reset') return request.socket.destroy();
    if (typeof fault === 'object') return answer(response, fault.status, fault.body ?? '{}', fault);
    if (!issuer.isOurs(request.headers.authorization)) return answer(response, 401, '{}');
    const done = handle(method, pathname, searchParams, json);
    if (fault === 'silence') return;
    if (fault === 'taken-and-reset') return request.socket.destroy();
    answer(response, done.status, JSON.stringify(done.answer));
  });
  const url = await listening(server);

  return {
    url,
    calls,
    faults,
    posted: (conversation) =>
      [...standing]
        .filter(([id]) => id === conversation || id.startsWith(`${conversation};`))
        .flatMap(([, activities]) => activities),
    chat: (id, chat) => chats.set(id, chat),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const createShape = z.object({
  isGroup: z.boolean(),
  members: z.array(z.object({ id: z.string() })).optional(),
  channelData: z.object({ channel: z.object({ id: z.string() }).optional() }),
  activity: z.unknown().optional(),
});

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  { retryAfter, date }: { readonly retryAfter?: string; readonly date?: string } = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    ...(date === undefined ? {} : { date }),
    ...(status === 302 ? { location: 'http://127.0.0.1:9/elsewhere' } : {}),
  });
  response.end(body);
}
