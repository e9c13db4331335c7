/**
 * What Discord has told us to wait for, and how near we are to its ban: 10,000 answers of 401, 403
 * or 429 within ten minutes shut out the whole address. It stops calls well before that, and never
 * waits itself.
 */

export interface Limits {
  /** Milliseconds that a call by this route must wait; 0 when it may go. */
  readonly waitFor: (route: string, call: { readonly asBot: boolean }) => number;
  readonly learn: (route: string, answer: Learned) => void;
}

export interface Learned {
  readonly status: number;
  readonly asBot: boolean;
  readonly header: (name: string) => string | undefined;
  /** On 429: how long Discord wants us to wait. */
  readonly retryAfterMs: number;
}

const WINDOW_MS = 10 * 60_000;
/** Two of these (the sends and the gateway's node) stay below Discord's 10,000 together. */
const MOST_REFUSALS = 4_000;
/** With a token that Discord does not take, one try a minute is enough. */
const TOKEN_REFUSED_MS = 60_000;
const MOST_ROUTES = 5_000;

export function createLimits(now: () => Date): Limits {
  const routes = new Map<string, number>();
  /** Moments of refusals, the oldest first. */
  const refusals: number[] = [];
  let everywhere = 0;
  let tokenRefusedUntil = 0;

  function banned(at: number): number {
    while (refusals[0] !== undefined && refusals[0] <= at - WINDOW_MS) refusals.shift();
    const oldest = refusals[0];
    return refusals.length < MOST_REFUSALS || oldest === undefined ? 0 : oldest + WINDOW_MS;
  }

  function holdRoute(route: string, until: number): void {
    routes.delete(route);
    routes.set(route, until);
    const [oldest] = routes.keys();
    if (routes.size > MOST_ROUTES && oldest !== undefined) routes.delete(oldest);
  }

  return {
    waitFor: (route, { asBot }) => {
      const at = now().getTime();
      const asOurselves = asBot ? Math.max(everywhere, tokenRefusedUntil) : 0;
      return Math.max(at, banned(at), asOurselves, routes.get(route) ?? 0) - at;
    },
    learn: (route, { status, asBot, header, retryAfterMs }) => {
      const at = now().getTime();
      const scope = header('x-ratelimit-scope');
      if (status === 401 || status === 403 || (status === 429 && scope !== 'shared'))
        refusals.push(at);
      if (status === 401 && asBot) tokenRefusedUntil = at + TOKEN_REFUSED_MS;
      if (status === 429) {
        const isGlobal = scope === 'global' || header('x-ratelimit-global') === 'true';
        if (isGlobal) everywhere = Math.max(everywhere, at + retryAfterMs);
        else holdRoute(route, at + retryAfterMs);
      } else if (header('x-ratelimit-remaining') === '0') {
        const seconds = Number(header('x-ratelimit-reset-after'));
        if (seconds > 0) holdRoute(route, at + Math.ceil(seconds * 1000));
      }
    },
  };
}
