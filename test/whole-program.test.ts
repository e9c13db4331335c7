/**
 * The main job, end to end, with nothing of our own in place of the real thing: a server process
 * with its embedded database, signed webhooks over HTTP, commands run beside it, a stand-in provider.
 * What the program leaves behind is then searched for a number, an answer and a disclosure.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProviderAccount, postSigned } from '../src/cli/demo/stand-in-provider.ts';
import { keygen } from '../src/safeguarding/lead-key.ts';
import { assertNoCanary } from './support/canary.ts';
import { freePort } from './support/free-port.ts';
import { inboundText, newSid } from './support/inbound-text.ts';
import { type Started, startNode } from './support/processes.ts';

const run = promisify(execFile);

const account: ProviderAccount = {
  sid: `AC${'a'.repeat(32)}`,
  token: 'a token of this test',
  number: '+447700900999',
};
/** One person whose words are looked for afterwards. */
const CANARY_NUMBER = '+447700900777';
const CANARY_IDEA = 'a quokka enclosure beside the bandstand';
const CANARY_HARM = 'my stepdad hits me with a zzyzx belt';

let folder: string;
let environment: NodeJS.ProcessEnv;
let server: Started;
let origin: string;
let provider: Awaited<ReturnType<typeof startProvider>>;
const lead = keygen();
const bodies: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heard-whole-'));
  provider = await startProvider();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  environment = {
    PATH: process.env.PATH,
    HEARD_ORGANISATION: 'Bury Council',
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_SMS_PARTS_PER_SECOND: '1000',
    HEARD_SAFEGUARDING_KEY: lead.publicKey,
    PORT: String(port),
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: provider.url,
  };
  server = startNode(['src/cli.ts', 'start'], environment);
  expect(await server.line()).toContain('Bury Council');
});

afterAll(async () => {
  await server?.kill('SIGTERM');
  await provider?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('from launch to "here is what happened"', { timeout: 240_000 }, async () => {
  const csv = join(folder, 'people.csv');
  await writeFile(csv, 'number,source,language\n07700 900000,Bury Youth Service,en\n');
  const launched = await heard('launch', 'flows/chesham-park.flow.yaml', '--audience', csv);
  expect(launched).toMatchObject({ keyword: 'PARK', invited: 1 });

  const invitation = await provider.next('+447700900000');
  expect(invitation).toContain('Bury Youth Service');
  expect(await text('+447700900000', 'go')).toHaveLength(2);

  await text('+447700900000', 'STOP please');
  for (let at = 1; at <= 24; at++) await conversation(numbered(at), at);
  await canaryPerson();
  await web();

  expect(await heard('status')).toMatchObject({
    consultations: [{ state: 'open', started: 25, completed: 25, released: 0 }],
  });
  const canaries = [
    CANARY_IDEA,
    CANARY_HARM,
    'quokka encl',
    'zzyzx belt',
    '447700900777',
    '7700900777',
  ];
  await assertNoCanary({ canaries, files: [join(folder, 'data')] });

  expect(await heard('release')).toMatchObject({ released: 16, held: 10 });
  const results = await heard('results', 'PARK');
  expect(results).toMatchObject({ base: 15, questions: [{ id: 'first' }, { id: 'better' }] });

  const happened = join(folder, 'happened.txt');
  await writeFile(happened, 'Most picked the ramp. Cllr Green said yes: work starts in May.');
  const told = await heard('feedback', 'PARK', '--text-file', happened);
  expect(told).toMatchObject({ planned: 25 });
  expect(await provider.next(numbered(1))).toContain('Bury Council: Most picked the ramp.');
  expect(await provider.next(numbered(1))).toContain('Did we get it right?');
  expect(await text(numbered(1), '5')).toHaveLength(1);
  expect((await text(numbered(1), 'CHECK')).join()).toContain('Most picked the ramp');

  const page = await (await fetch(`${origin}/said-and-done`)).text();
  expect(page).toContain('Most picked the ramp');
  expect(page).toContain('25');

  const key = join(folder, 'lead.key');
  await writeFile(key, lead.privateKeyFile);
  expect(await heard('safeguarding', 'cases', '--key', key)).toMatchObject({
    cases: [{ address: CANARY_NUMBER, messages: [CANARY_HARM] }],
  });
  await heard('close', 'PARK');
  bodies.push(await (await fetch(`${origin}/metrics`)).text());
});

test('what it leaves behind names nobody', async () => {
  await server.kill('SIGTERM');
  const { errors } = await server.ended;
  await assertNoCanary({
    canaries: [CANARY_IDEA, CANARY_HARM, 'quokka encl', 'zzyzx belt', '447700900777', '7700900777'],
    files: [join(folder, 'data')],
    texts: { log: errors, commands: bodies.join('\n') },
  });
});

async function conversation(number: string, at: number): Promise<void> {
  expect(await text(number, 'PARK')).toHaveLength(2);
  await text(number, 'go');
  await text(number, at % 3 === 0 ? '2' : 'ramp');
  expect((await text(number, 'skip')).join()).toContain('All done');
}

async function canaryPerson(): Promise<void> {
  await text(CANARY_NUMBER, 'PARK');
  await text(CANARY_NUMBER, 'go');
  await text(CANARY_NUMBER, '3');
  expect((await text(CANARY_NUMBER, CANARY_HARM)).join()).toContain('Thank you for telling us');
  await text(CANARY_NUMBER, 'go');
  expect((await text(CANARY_NUMBER, CANARY_IDEA)).join()).toContain('All done');
}

/** A person behind a QR code, without JavaScript. */
async function web(): Promise<void> {
  const start = await fetch(`${origin}/chat/park`);
  expect(start.headers.get('set-cookie')).toBeNull();
  let page = await start.text();
  let cookie = '';
  const submit = async (fields: Record<string, string>): Promise<void> => {
    const response = await fetch(`${origin}/chat/park`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ id: field(page, 'id'), ...fields }),
    });
    expect(response.status).toBe(303);
    cookie = (response.headers.get('set-cookie') ?? cookie).split(';')[0] ?? '';
    page = await (await fetch(`${origin}/chat/park`, { headers: { cookie } })).text();
  };
  await submit({ begin: '1', language: 'en' });
  expect(page).toContain('Staff aren');
  await submit({ command: 'go' });
  expect(page).toContain('What should we build first?');
  await submit({ choice: 'ramp', step: 'first', revision: field(page, 'revision') });
  expect(page).toContain('What would make the park better');
  await submit({ command: 'skip' });
  expect(page).toContain('/said-and-done');
}

function field(page: string, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(page);
  if (!found?.[1]) throw new Error(`the page has no field ${name}`);
  return found[1];
}

function numbered(at: number): string {
  return `+447700900${String(at).padStart(3, '0')}`;
}

async function text(from: string, body: string): Promise<readonly string[]> {
  const url = `${origin}/channels/sms/inbound`;
  const response = await postSigned(account, url, url, inboundText(account, from, body));
  expect(response.status).toBe(200);
  const xml = await response.text();
  return [...xml.matchAll(/<Message>([\s\S]*?)<\/Message>/g)].map(([, said = '']) => said);
}

async function heard(...words: string[]): Promise<unknown> {
  const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', ...words, '--json'], {
    env: environment,
  });
  bodies.push(stderr);
  return JSON.parse(stdout);
}

/** A provider that remembers what it was given, for each number in order. */
async function startProvider() {
  const waiting = new Map<string, string[]>();
  const listeners = new Set<() => void>();
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const to = form.get('To') ?? '';
    waiting.set(to, [...(waiting.get(to) ?? []), form.get('Body') ?? '']);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ sid: newSid(), status: 'queued' }));
    for (const listener of listeners) listener();
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    next: async (to: string): Promise<string> => {
      for (;;) {
        const first = waiting.get(to)?.shift();
        if (first !== undefined) return first;
        await new Promise<void>((resolve) => {
          const listener = (): void => {
            listeners.delete(listener);
            resolve();
          };
          listeners.add(listener);
        });
      }
    },
    stop: async () => {
      http.closeAllConnections();
      http.close();
    },
  };
}
