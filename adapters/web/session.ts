/**
 * The one cookie of the chat: a random token that is the person's address while they talk with us.
 * It is made when a conversation begins, never by looking at a page, and ends with the browser.
 */
import type { Request, Response } from 'express';
import type { Ambient } from '../../src/platform/ambient.ts';

export interface Sessions {
  readonly read: (request: Request) => string | undefined;
  readonly begin: (response: Response) => string;
  readonly end: (response: Response) => void;
}

export function createSessions(options: {
  readonly secure: boolean;
  readonly ambient: Ambient;
}): Sessions {
  // A __Host- cookie is refused by browsers over plain http, which a trial at home uses.
  const name = options.secure ? '__Host-heard' : 'heard';
  const attributes = {
    httpOnly: true,
    sameSite: 'strict',
    secure: options.secure,
    path: '/',
  } as const;
  return {
    read: (request) => readCookie(request.headers.cookie ?? '', name),
    begin: (response) => {
      const token = Buffer.from(options.ambient.bytes(32)).toString('base64url');
      response.cookie(name, token, attributes);
      return token;
    },
    end: (response) => {
      response.clearCookie(name, attributes);
    },
  };
}

/** Only what looks like a token of ours counts; two cookies of the name are nobody's. */
function readCookie(header: string, name: string): string | undefined {
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [token] = values;
  return values.length === 1 && token !== undefined && /^[\w-]{43}$/.test(token)
    ? token
    : undefined;
}
