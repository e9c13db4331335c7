/**
 * Which of Microsoft's published keys may sign what comes from Teams. A key without an endorsement
 * for Teams is refused here, because the SDK lets one pass that has no endorsements at all; and
 * tokens with made-up key ids must not make us ask Microsoft over and over.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { httpCall } from '../../src/platform/http-call.ts';
import type { TeamsSettings } from './teams-options.ts';

export interface SigningKeys {
  /** Undefined while they cannot be had: nothing is believed then. */
  readonly current: (keyId: string) => Promise<PublishedKeys | undefined>;
}

export interface PublishedKeys {
  readonly issuer: string;
  readonly endorsed: ReadonlyMap<string, KeyObject>;
}

const metadata = z.object({ issuer: z.url().max(500), jwks_uri: z.url().max(500) });
const keySet = z.object({
  keys: z
    .array(
      z.object({
        kid: z.string(),
        kty: z.string(),
        n: z.string().optional(),
        e: z.string().optional(),
        endorsements: z.array(z.string()).optional(),
      }),
    )
    .max(1000),
});

const FRESH_FOR_MS = 24 * 3_600_000;
/** Keys change seldom; between two looks for an unknown one this long must pass. */
const LOOK_AGAIN_MS = 5 * 60_000;
const AFTER_FAILURE_MS = 2_000;

export function signingKeys({ openIdUrl, timeoutMs, ambient }: TeamsSettings): SigningKeys {
  let known: PublishedKeys | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      const { issuer, jwks_uri: keysUrl } = metadata.parse(await getJson(openIdUrl, timeoutMs));
      const { keys } = keySet.parse(await getJson(keysUrl, timeoutMs));
      const endorsed = keys.filter(
        ({ kty, endorsements }) => kty === 'RSA' && endorsements?.includes('msteams'),
      );
      known = {
        issuer,
        endorsed: new Map(
          endorsed.map(({ kid, kty, n = '', e = '' }) => [
            kid,
            createPublicKey({ key: { kty, n, e }, format: 'jwk' }),
          ]),
        ),
      };
      readAt = ambient.now().getTime();
    } catch {
      failedAt = ambient.now().getTime();
    }
  }

  return {
    current: async (keyId) => {
      const now = ambient.now().getTime();
      const age = now - readAt;
      const stale = age > FRESH_FOR_MS;
      if (stale || (known?.endorsed.has(keyId) === false && age > LOOK_AGAIN_MS)) {
        if (reading === undefined && now - failedAt >= AFTER_FAILURE_MS)
          reading = read().finally(() => {
            reading = undefined;
          });
        await reading;
      }
      return ambient.now().getTime() - readAt > FRESH_FOR_MS ? undefined : known;
    },
  };
}

async function getJson(url: string, timeoutMs: number): Promise<unknown> {
  const answer = await httpCall({
    url: new URL(url),
    method: 'GET',
    headers: { accept: 'application/json' },
    timeoutMs,
    longest: 1024 * 1024,
  });
  if (answer.status !== 200) throw new Error('the signing keys could not be read');
  return JSON.parse(answer.text);
}
