/**
 * What Discord would have refused, of the bot and of the stand-in alike: by Discord's own description
 * of its API, and by what the bot must never do. It only writes down; a test says that nothing was.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answers.ts';
import { describedApi } from './described-api.ts';

export interface JudgedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The body as it came. */
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Judge {
  readonly problems: string[];
  readonly request: (request: JudgedRequest) => void;
  readonly answer: (method: string, path: string, answer: Answer) => void;
  /** A message that was pressed, as the stand-in hands it back. */
  readonly message: (message: unknown) => void;
}

export function createJudge(byDescription: boolean): Judge {
  const described = byDescription ? describedApi() : undefined;
  const problems: string[] = [];
  const add = (where: string, wrong: readonly string[] = []) =>
    void problems.push(...wrong.map((one) => `${where}: ${one}`));
  return {
    problems,
    request: ({ method, path, body, text, headers }) => {
      const where = `${method} ${path}`;
      add(where, described?.request(method, path, body));
      if (!String(headers['user-agent']).startsWith('DiscordBot ('))
        add(where, ['no user agent of a bot']);
      if (callsByName(text) && !path.startsWith('/interactions'))
        add(where, ['somebody could be called by name']);
    },
    answer: (method, path, { status, body }) =>
      add(`the answer to ${method} ${path}`, described?.answer(method, path, status, body)),
    message: (message) =>
      add('a message of the stand-in', described?.schema('MessageResponse', message)),
  };
}

function callsByName(text: string): boolean {
  return /content":"[^"]*/.test(text) && !text.includes('"parse":[]');
}
