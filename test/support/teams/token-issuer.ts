/**
 * Stands in for Microsoft's sign-in: publishes the keys that sign what Teams sends, signs tokens as
 * they are or as a forger would, and gives the bot its own token for its secret.
 */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { bodyOf, listening } from './local-server.ts';

export const ISSUER = 'https://api.botframework.com';

export interface TokenIssuer {
  readonly openIdUrl: string;
  readonly loginUrl: string;
  /** A token as Microsoft would sign it; `claims` and `header` change it. */
  readonly sign: (options: SignOptions) => string;
  /** The form of every request for a token of the bot's own. */
  readonly asked: readonly URLSearchParams[];
  readonly keyReads: () => number;
  /** What happens to requests from now on. */
  readonly fault: { keys?: 'down' | 'garbage'; login?: 'down' | 'refused' | 'garbage' };
  readonly isOurs: (authorization: string | undefined) => boolean;
  /** Tokens given out so far are refused from now on. */
  readonly revoke: () => void;
  readonly close: () => Promise<void>;
}

export interface SignOptions {
  readonly appId: string;
  readonly serviceUrl: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signed by a key that nobody published, under the name of one that is. */
  readonly stolenName?: boolean;
  /** A key that is published, but not for Teams, or with no endorsements at all. */
  readonly key?: 'teams' | 'other-channel' | 'unendorsed';
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  made ??= newKeys();
  const { forger, ...keys } = made;
  const asked: URLSearchParams[] = [];
  const fault: TokenIssuer['fault'] = {};
  let reads = 0;
  let given = 0;
  let revoked = 0;
  const server = createServer(async (request, response) => {
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const path = request.url ?? '';
    if (path.startsWith('/v1/.well-known/')) {
      reads += 1;
      if (fault.keys === 'down') return json(503, {});
      if (fault.keys === 'garbage') return json(200, '<html>');
      if (path.endsWith('openidconfiguration'))
        return json(200, { issuer: ISSUER, jwks_uri: `${url}/v1/.well-known/keys` });
      return json(200, {
        keys: Object.entries(keys).map(([kid, { publicKey, endorsements }]) => ({
          ...publicKey.export({ format: 'jwk' }),
          kid,
          use: 'sig',
          ...(endorsements === undefined ? {} : { endorsements }),
        })),
      });
    }
    asked.push(new URLSearchParams(await bodyOf(request)));
    if (fault.login === 'down') return json(503, {});
    if (fault.login === 'refused') return json(401, { error: 'invalid_client' });
    if (fault.login === 'garbage') return json(200, 'no json');
    given += 1;
    json(200, { token_type: 'Bearer', expires_in: 3600, access_token: `our-token-${given}` });
  });
  const url = await listening(server);

  return {
    openIdUrl: `${url}/v1/.well-known/openidconfiguration`,
    loginUrl: url,
    asked,
    fault,
    keyReads: () => reads,
    sign: ({ appId, serviceUrl, claims, header, stolenName, key = 'teams' }) => {
      const now = Math.floor(Date.now() / 1000);
      const signing = stolenName ? forger : keys[key];
      return jwt(
        { alg: 'RS256', typ: 'JWT', kid: key, ...header },
        { iss: ISSUER, aud: appId, nbf: now, exp: now + 3600, serviceurl: serviceUrl, ...claims },
        signing.privateKey,
      );
    },
    isOurs: (authorization) => {
      const number = Number(/^Bearer our-token-(\d+)$/.exec(authorization ?? '')?.[1]);
      return number > revoked && number <= given;
    },
    revoke: () => {
      revoked = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Making keys is slow: those of one test file are the same throughout. */
let made: ReturnType<typeof newKeys> | undefined;

function newKeys() {
  return {
    teams: newKey(['msteams', 'webchat']),
    'other-channel': newKey(['webchat']),
    unendorsed: newKey(undefined),
    forger: newKey(undefined),
  };
}

function newKey(endorsements: readonly string[] | undefined) {
  return { ...generateKeyPairSync('rsa', { modulusLength: 2048 }), endorsements };
}

function jwt(
  header: { readonly alg: string; readonly [name: string]: unknown },
  claims: object,
  key: KeyObject,
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${signatureOf(header.alg, signed, key)}`;
}

function signatureOf(alg: string, signed: string, key: KeyObject): string {
  if (alg === 'none') return '';
  if (alg === 'HS256')
    return createHmac('sha256', key.export({ format: 'pem', type: 'pkcs8' }))
      .update(signed)
      .digest('base64url');
  return createSign('RSA-SHA256').update(signed).sign(key).toString('base64url');
}
