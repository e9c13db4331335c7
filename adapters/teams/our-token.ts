/**
 * Our own token for Teams, from Microsoft's sign-in service: one request with the app's secret, kept
 * until shortly before it ends. Neither the secret nor the token may reach a log or an error.
 */
import { z } from 'zod';
import { httpCall } from '../../src/platform/http-call.ts';
import type { TeamsSettings } from './teams-options.ts';

export interface OurToken {
  /** Undefined while none can be had. */
  readonly get: () => Promise<string | undefined>;
  /** It was refused: the next one is new. */
  readonly drop: (token: string) => void;
}

const answerShape = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

/** A token must not end while a request is on its way. */
const EARLY_MS = 5 * 60_000;
const SHORTEST_MS = 30_000;

export function ourToken(settings: TeamsSettings): OurToken {
  const { ambient } = settings;
  let held: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string | undefined> | undefined;

  async function ask(): Promise<string | undefined> {
    const answer = await request(settings).catch(() => undefined);
    if (answer === undefined) return undefined;
    const lasts = Math.max(answer.expires_in * 1000 - EARLY_MS, SHORTEST_MS);
    held = { token: answer.access_token, until: ambient.now().getTime() + lasts };
    return held.token;
  }

  return {
    get: () => {
      if (held !== undefined && ambient.now().getTime() < held.until)
        return Promise.resolve(held.token);
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    drop: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
}

async function request({ appId, appPassword, tenantIds, loginUrl, timeoutMs }: TeamsSettings) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: appPassword,
    scope: `${audienceOf(loginUrl)}/.default`,
  }).toString();
  const answer = await httpCall({
    url: new URL(
      `${loginUrl.replace(/\/+$/, '')}/${encodeURIComponent(tenantIds[0] ?? '')}/oauth2/v2.0/token`,
    ),
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body,
    timeoutMs,
    longest: 64 * 1024,
  });
  return answer.status === 200 ? answerShape.parse(JSON.parse(answer.text)) : undefined;
}

/** The cloud of the United States' government has a Bot Framework of its own. */
function audienceOf(loginUrl: string): string {
  const isGovernment = URL.parse(loginUrl)?.hostname.endsWith('.us') === true;
  return `https://api.botframework.${isGovernment ? 'us' : 'com'}`;
}
