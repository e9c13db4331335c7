/**
 * Reads what Teams posts: JSON, a quarter of a megabyte, proper UTF-8. Whatever is not that is
 * refused before anything looks at it, and never quoted.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 }
  /** The caller hung up before the end: there is nobody to answer. */
  | { readonly kind: 'gone' };

const LARGEST_BODY = 256 * 1024;

export async function readJson(request: IncomingMessage): Promise<JsonBody> {
  if (!isPlainJson(request)) return { kind: 'refused', status: 415 };
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY)
    return { kind: 'refused', status: 413 };
  const body = await readBody(request);
  if (body === 'gone') return { kind: 'gone' };
  if (body === 'too-large') return { kind: 'refused', status: 413 };
  if (!isUtf8(body)) return { kind: 'refused', status: 400 };
  try {
    return { kind: 'json', value: JSON.parse(body.toString('utf8')) };
  } catch {
    return { kind: 'refused', status: 400 };
  }
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  if (headers['content-encoding'] !== undefined) return false;
  return headers['content-type']?.toLowerCase().split(';', 1)[0]?.trim() === 'application/json';
}

function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else resolve('too-large');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}
