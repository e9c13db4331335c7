/**
 * YES is an answer, whatever the carrier makes of it, and only START brings back who said stop: as
 * signed webhooks, with what Twilio says about them.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebhook, text, type Webhook } from '../adapters/sms/sms-webhook.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

let on: TestHeard;
let webhook: Webhook;
beforeAll(async () => {
  on = await openTestHeard();
  await on.launchFlow('chesham-park');
  webhook = await startWebhook({ receive: on.receive });
});
afterAll(async () => {
  await webhook?.close();
  await on?.[Symbol.asyncDispose]();
});

/** What Heard answers itself; `said` is what Twilio took the text for. */
async function says(number: string, body: string, said?: 'START' | 'STOP'): Promise<string> {
  const params = text(body, { From: number, ...(said ? { OptOutType: said } : {}) });
  const response = await webhook.post('/channels/sms/inbound', params);
  return (await response.text()).replace(/^.*<Response\/?>/s, '').replace('</Response>', '');
}

async function stopped(): Promise<number> {
  const { rowCount } = await on.heard.world.pool.query('select from contact.suppression');
  return rowCount ?? 0;
}

test('YES that Twilio opts in with is an answer', async () => {
  const number = '+447700900401';
  await says(number, 'PARK');
  expect(await says(number, 'YES', 'START')).toContain('What should we build first?');
});

test('YES, GO and a keyword bring nobody back; START does, and Twilio answers it', async () => {
  const number = '+447700900402';
  expect(await says(number, 'STOP', 'STOP')).toBe('');
  for (const [body, said] of [
    ['YES', 'START'],
    ['yes please'],
    ['GO'],
    ['ok'],
    ['PARK'],
  ] as const) {
    expect(await says(number, body, said), body).toBe('');
    expect(await stopped(), body).toBe(1);
  }
  expect(await says(number, 'START', 'START')).toBe('');
  expect(await stopped()).toBe(0);
  expect(await says(number, 'PARK')).toContain('Bury Council here');
});

test('START without Advanced Opt-Out brings back too', async () => {
  const number = '+447700900403';
  await says(number, 'stop');
  expect(await stopped()).toBe(1);
  await says(number, 'start');
  expect(await stopped()).toBe(0);
});
