/** How a call to the provider is read and answered. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A message that the provider took: a phone got it. */
export interface Taken {
  readonly to: string;
  readonly body: string;
  readonly nonce: string;
  readonly sid: string;
}

export function nonceIn(form: URLSearchParams): string {
  return /\/channels\/sms\/status\/([^/]+)$/.exec(form.get('StatusCallback') ?? '')?.[1] ?? '';
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The machine was killed while it asked.
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
