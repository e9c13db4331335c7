/**
 * Lets in what Microsoft signed for our bot, and nothing else. What a token says of itself is looked
 * at first, so that nonsense costs nothing, then its signature, because the SDK would write to the
 * console about a wrong one; the SDK has the last word. A request is never let in because something
 * could not be checked.
 */
import { verify } from 'node:crypto';
import { z } from 'zod';
import type { TokenCheck } from './bot-framework.ts';
import { signingKeys } from './signing-keys.ts';
import type { TeamsSettings } from './teams-options.ts';

export type Authenticated = 'authentic' | 'refused' | 'unavailable';

export type Authenticate = (
  authorization: string | undefined,
  activity: { readonly channelId: string; readonly serviceUrl: string },
) => Promise<Authenticated>;

export function authenticator(settings: TeamsSettings): Authenticate {
  const keys = signingKeys(settings);
  let loading: Promise<TokenCheck> | undefined;
  return async (authorization, activity) => {
    const token = readToken(authorization);
    if (authorization === undefined || token === undefined) return 'refused';
    if (token.claims.aud !== settings.appId) return 'refused';
    if (token.claims.serviceurl !== activity.serviceUrl) return 'refused';
    if (!isOfNow(token.claims, settings.ambient.now())) return 'refused';
    const published = await keys.current(token.header.kid);
    if (published === undefined) return 'unavailable';
    if (token.claims.iss !== published.issuer) return 'refused';
    const key = published.endorsed.get(token.header.kid);
    if (key === undefined) return 'refused';
    if (!verify('RSA-SHA256', token.signed, key, token.signature)) return 'refused';
    loading ??= load(settings, published.issuer);
    return (await loading)(authorization, activity);
  };
}

/**
 * Microsoft's SDK holds everything up while it loads: a node that loads it before it listens keeps
 * nobody waiting.
 */
export async function loadTokenCheck(): Promise<void> {
  await import('./bot-framework.ts');
}

async function load({ appId, openIdUrl }: TeamsSettings, issuer: string): Promise<TokenCheck> {
  const { tokenCheck } = await import('./bot-framework.ts');
  return tokenCheck({ appId, openIdUrl, issuer });
}

const headerShape = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(500) });
const claimsShape = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
});
type Claims = z.infer<typeof claimsShape>;

/** Real ones have less than two thousand. */
const LONGEST_TOKEN = 8_000;
/** What two clocks may differ by. */
const TOLERANCE_S = 5 * 60;

function readToken(authorization: string | undefined) {
  if (authorization === undefined || authorization.length > LONGEST_TOKEN) return undefined;
  const [, head, body, signature = ''] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization) ?? [];
  const header = headerShape.safeParse(readPart(head));
  const claims = claimsShape.safeParse(readPart(body));
  return header.success && claims.success
    ? {
        header: header.data,
        claims: claims.data,
        signed: Buffer.from(`${head}.${body}`),
        signature: Buffer.from(signature, 'base64url'),
      }
    : undefined;
}

function readPart(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isOfNow({ exp, nbf }: Claims, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  return exp > seconds - TOLERANCE_S && (nbf ?? 0) < seconds + TOLERANCE_S;
}
