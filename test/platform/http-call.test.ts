/** Calls to the outside: what is too long is left unread, and never breaks the process. */
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { faultOf } from '../../src/platform/call-fault.ts';
import { httpCall } from '../../src/platform/http-call.ts';
import { waitAsked } from '../../src/platform/retry-after.ts';

async function answered(
  by: RequestListener,
  call: { readonly method?: 'GET' | 'POST' | 'DELETE'; readonly body?: string } = {},
) {
  await using server = createServer(by);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return await httpCall({
    url: new URL(`http://127.0.0.1:${port}/`),
    method: 'GET',
    headers: {},
    timeoutMs: 5_000,
    longest: 1_000,
    ...call,
  });
}

test.each(['close', 'keep-alive'])(
  'a megabyte over a connection to %s is read as nothing',
  async (connection) => {
    const answer = await answered((_request, response) => {
      response.writeHead(200, { connection });
      response.end('x'.repeat(1024 * 1024));
    });
    expect(answer).toMatchObject({ status: 200, text: '' });
  },
);

test('the length of what is sent is said, also where it is nothing', async () => {
  const lengthOf = async (body?: string) => {
    const answer = await answered(
      (request, response) => response.end(`${request.headers['content-length']}`),
      { method: 'POST', ...(body === undefined ? {} : { body }) },
    );
    return answer.text;
  };
  expect(await lengthOf('Skate ramp ł')).toBe('13');
  expect(await lengthOf()).toBe('0');
});

test('what could not be reached is told from what may have arrived', async () => {
  const call = { method: 'GET', headers: {}, timeoutMs: 5_000, longest: 10 } as const;
  const nobody = httpCall({ url: new URL('http://127.0.0.1:1/'), ...call });
  expect(await nobody.catch(faultOf)).toBe('not-reached');
  const broken = answered((request) => request.socket.destroy());
  expect(await broken.catch(faultOf)).toBe('connection-lost');
});

test('how long to wait is read as seconds or a date, and never more than an hour', () => {
  const now = new Date('2026-11-02T10:00:00Z');
  const cases: readonly (readonly [string | undefined, number])[] = [
    ['5', 5_000],
    ['1.5', 1_500],
    ['0', 1_000],
    [undefined, 1_000],
    ['soon', 1_000],
    ['Mon, 02 Nov 2026 10:00:30 GMT', 30_000],
    ['Mon, 02 Nov 2026 09:00:00 GMT', 1_000],
    ['999999', 3_600_000],
  ];
  for (const [header, ms] of cases) expect(waitAsked(header, now)).toBe(ms);
});
