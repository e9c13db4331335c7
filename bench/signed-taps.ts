/**
 * Taps on Teams' cards, signed as Microsoft signs what it brings: with a key that a stand-in on this
 * machine publishes. Each person taps what the card shows that they were answered with.
 */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import { z } from 'zod';
import { listen } from '../src/platform/listening.ts';

export interface Tapping extends Disposable {
  /** What the node must be set to. */
  readonly settings: Readonly<Record<string, string>>;
  /** Everyone at once. Gives when each had their whole answer, in milliseconds. */
  readonly tap: (taps: readonly Tap[]) => Promise<readonly number[]>;
  /** What the buttons of somebody's newest card carry. */
  readonly buttonsOf: (person: number) => readonly ButtonData[];
}

export interface Tap {
  readonly person: number;
  readonly data: ButtonData;
}

const APP = '11111111-2222-4333-8444-555555555555';
const TENANT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const ISSUER = 'https://api.botframework.com';
/** Nothing listens there: a tap is answered in its own response. */
const SERVICE = 'http://127.0.0.1:9';
const KEY_ID = 'a-key-of-the-bench';

export async function startTapping(node: URL): Promise<Tapping> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ format: 'jwk' });
  const published = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json');
    const keys = [{ ...key, kid: KEY_ID, use: 'sig', endorsements: ['msteams'] }];
    const metadata = { issuer: ISSUER, jwks_uri: `${issuer}/keys` };
    response.end(JSON.stringify(url === '/keys' ? { keys } : metadata));
  });
  const issuer = `http://127.0.0.1:${await listen(published, 0, '127.0.0.1')}`;
  const agent = new Agent({ keepAlive: true });
  const authorization = `Bearer ${signed()}`;
  const cards = new Map<number, readonly ButtonData[]>();
  let ids = 0;

  function signed(): string {
    const now = Math.floor(Date.now() / 1000);
    const head = { alg: 'RS256', typ: 'JWT', kid: KEY_ID };
    const claims = { iss: ISSUER, aud: APP, nbf: now, exp: now + 3600, serviceurl: `${SERVICE}/` };
    const text = [head, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  }

  async function deliver(person: number, body: string): Promise<number> {
    const sentAt = performance.now();
    const answer = await post(node, agent, { authorization, body });
    const after = performance.now() - sentAt;
    cards.set(person, buttonsIn(JSON.parse(answer)));
    return after;
  }

  return {
    settings: {
      TEAMS_APP_ID: APP,
      TEAMS_APP_PASSWORD: 'a-secret-of-the-bench',
      TEAMS_TENANT_ID: TENANT,
      TEAMS_OPENID_URL: `${issuer}/.well-known/openidconfiguration`,
      TEAMS_LOGIN_URL: issuer,
      TEAMS_SERVICE_URLS: SERVICE,
    },
    buttonsOf: (person) => cards.get(person) ?? [],
    tap: (taps) => {
      const bodies = taps.map(({ person, data }) => ({
        person,
        body: JSON.stringify(activityOf(person, data, `f:${++ids}`)),
      }));
      return Promise.all(bodies.map(({ person, body }) => deliver(person, body)));
    },
    [Symbol.dispose]: () => {
      agent.destroy();
      published.close();
      published.closeAllConnections();
    },
  };
}

function activityOf(person: number, data: ButtonData, id: string) {
  const number = String(person).padStart(12, '0');
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id,
    channelId: 'msteams',
    serviceUrl: `${SERVICE}/`,
    from: { id: `29:1${number}`, name: 'x', aadObjectId: `00000000-0000-4000-8000-${number}` },
    recipient: { id: `28:${APP}`, name: 'Heard' },
    conversation: { id: `a:${number}`, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    locale: 'en-GB',
    timestamp: '2026-11-02T16:00:00.000Z',
    replyToId: '1700000000001',
    value: { action: { type: 'Action.Execute', verb: 'heard', data }, trigger: 'manual' },
  };
}

const buttonData = z.looseObject({ do: z.string(), command: z.string().optional() });
export type ButtonData = Readonly<z.infer<typeof buttonData>>;

/** However deep they stand in the card. */
function buttonsIn(answer: unknown): readonly ButtonData[] {
  if (typeof answer !== 'object' || answer === null) return [];
  if ('type' in answer && answer.type === 'Action.Execute' && 'data' in answer)
    return [buttonData.parse(answer.data)];
  return Object.values(answer).flatMap(buttonsIn);
}

function post(
  url: URL,
  agent: Agent,
  { authorization, body }: { readonly authorization: string; readonly body: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`a tap was answered with ${response.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
