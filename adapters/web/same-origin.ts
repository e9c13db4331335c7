/**
 * Whether a request that changes something was sent by our own page. Browsers say so in
 * Sec-Fetch-Site or, over plain http, in Origin; a client that sends neither carries nobody's
 * cookies but its own.
 */
import type { IncomingHttpHeaders } from 'node:http';

export function isFromOurPage(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  // Behind a proxy the Host may be an inner name: then the configured address decides.
  return new URL(origin).host === host || origin === new URL(publicUrl).origin;
}
