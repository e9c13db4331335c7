/**
 * Reads the body of a request whole, up to a size: nothing larger is ever held in memory, and nothing
 * of it is quoted. What it means is for whoever asked for it.
 */
import type { IncomingMessage } from 'node:http';

/** `gone`: the caller hung up before the end, and there is nobody to answer. */
export function readBody(
  request: IncomingMessage,
  largest: number,
): Promise<Buffer | 'too-large' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > largest) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largest) chunks.push(chunk);
      else resolve('too-large');
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}

/** Undefined for what is packed: how large it is would be known too late. */
export function plainTypeOf({ headers }: IncomingMessage): string | undefined {
  if (headers['content-encoding'] !== undefined) return undefined;
  return headers['content-type']?.toLowerCase().split(';', 1)[0]?.trim();
}
