/**
 * The addresses of Microsoft's that our token may go to. Every request of Teams names one for the
 * answer, and it is kept with the conversation for years: whatever is not on the list by scheme,
 * host and port gets nothing, however much it looks like one that is.
 */
import { isLoopback } from '../../src/platform/loopback.ts';

export interface ServiceUrls {
  readonly allows: (serviceUrl: string) => boolean;
  /** All of them are on this machine: a stand-in. */
  readonly areLoopback: boolean;
}

export function serviceUrls(allowed: readonly string[]): ServiceUrls {
  const origins = allowed.flatMap((address) => originOf(address) ?? []);
  if (origins.length === 0 || origins.length !== allowed.length)
    throw new Error('TEAMS_SERVICE_URLS must be https, or on this machine');
  const known = new Set(origins);
  return {
    allows: (serviceUrl) => {
      const origin = originOf(serviceUrl);
      return origin !== undefined && known.has(origin);
    },
    areLoopback: origins.every((origin) => isLoopback(new URL(origin))),
  };
}

/** Undefined for what no token may ever go to. */
function originOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  // What a parser would drop or turn round was not written by Microsoft.
  if (url.search !== '' || url.hash !== '' || !/^[\x21-\x5b\x5d-\x7e]+$/.test(address))
    return undefined;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return safe ? url.origin : undefined;
}
