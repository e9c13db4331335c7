/** How a call to the provider is read and answered. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A message that the provider took: a phone got it. */
export interface Taken {
  readonly to: string;
  readonly body: string;
  readonly nonce: string;
  readonly sid: string;
}

/** The list was asked for, and given: of what one number got, or all of it. */
export interface Look {
  readonly to: string | null;
  readonly at: Date;
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

/** Gives an answer, and whether whoever asked was still there to get it. */
export function arrives(response: ServerResponse, give: () => void): Promise<boolean> {
  if (response.destroyed || response.socket?.destroyed !== false) return Promise.resolve(false);
  return new Promise((resolve) => {
    response.once('close', () => resolve(response.writableFinished));
    response.once('finish', () => resolve(true));
    give();
  });
}

/** True when whoever asked hangs up within this time. */
export function closesWithin(response: ServerResponse, ms: number): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
