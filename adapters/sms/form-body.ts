/**
 * Reads the form that a webhook posts, strictly: one value a name, a hundred names, 64 KB, proper
 * UTF-8. Whatever is not that shape is refused before anything looks at it, because a signature
 * over an ambiguous shape proves nothing. It must never quote the body in what it answers.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { plainTypeOf, readBody } from '../bounded-body.ts';

export type Params = Readonly<Record<string, string>>;

export type FormBody =
  | { readonly kind: 'form'; readonly params: Params }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 }
  /** The caller hung up before the end: there is nobody to answer. */
  | { readonly kind: 'gone' };

const LARGEST_BODY = 64 * 1024;
const MOST_PARAMS = 100;
const FORM = 'application/x-www-form-urlencoded';

export async function readForm(request: IncomingMessage): Promise<FormBody> {
  if (plainTypeOf(request) !== FORM) return { kind: 'refused', status: 415 };
  const body = await readBody(request, LARGEST_BODY);
  if (body === 'gone') return { kind: 'gone' };
  if (body === 'too-large') return { kind: 'refused', status: 413 };
  const params = isUtf8(body) ? parseForm(body.toString('utf8')) : undefined;
  return params === undefined ? { kind: 'refused', status: 400 } : { kind: 'form', params };
}

/** Undefined for a name given twice, too many names, or percent-encoding that is not UTF-8. */
function parseForm(body: string): Params | undefined {
  const pairs = body.split('&', MOST_PARAMS + 1);
  if (pairs.length > MOST_PARAMS) return undefined;
  const params: Record<string, string> = Object.create(null);
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    if (name === undefined || value === undefined || name in params) return undefined;
    params[name] = value;
  }
  return params;
}

function decode(encoded: string): string | undefined {
  const spaced = encoded.includes('+') ? encoded.replaceAll('+', ' ') : encoded;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}
