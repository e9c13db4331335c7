/**
 * Reads what Teams posts: JSON, a quarter of a megabyte, proper UTF-8. Whatever is not that is
 * refused before anything looks at it, and never quoted.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { plainTypeOf, readBody } from '../bounded-body.ts';

export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 }
  /** The caller hung up before the end: there is nobody to answer. */
  | { readonly kind: 'gone' };

const LARGEST_BODY = 256 * 1024;

export async function readJson(request: IncomingMessage): Promise<JsonBody> {
  if (plainTypeOf(request) !== 'application/json') return { kind: 'refused', status: 415 };
  const body = await readBody(request, LARGEST_BODY);
  if (body === 'gone') return { kind: 'gone' };
  if (body === 'too-large') return { kind: 'refused', status: 413 };
  if (!isUtf8(body)) return { kind: 'refused', status: 400 };
  try {
    return { kind: 'json', value: JSON.parse(body.toString('utf8')) };
  } catch {
    return { kind: 'refused', status: 400 };
  }
}
