import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReportStatus } from '../../../src/channel.ts';
import { ACCOUNT_SID, PERSON, startWebhook, type Webhook } from './sms-webhook.ts';

const NONCE = 'c0ffee00-0000-4000-8000-000000000001';
const STATUS = `/channels/sms/status/${NONCE}`;
const SID = `SM${'1'.repeat(32)}`;
const reportStatus = vi.fn<ReportStatus>();
let webhook: Webhook;

beforeEach(async () => {
  reportStatus.mockReset().mockResolvedValue('known');
  webhook = await startWebhook({ reportStatus });
});
afterEach(() => webhook.close());

function callback(status: string, more: Readonly<Record<string, string>> = {}) {
  return { MessageSid: SID, AccountSid: ACCOUNT_SID, MessageStatus: status, To: PERSON, ...more };
}

test.each([
  ['accepted', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['scheduled', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
])('Twilio says %s: that is %s', async (word, state) => {
  expect((await webhook.post(STATUS, callback(word))).status).toBe(204);
  expect(reportStatus).toHaveBeenCalledWith({ nonce: NONCE, state, providerId: SID });
});

test.each([
  ['30003', { reason: 'twilio-30003' }],
  ['21610', { reason: 'twilio-21610', optedOut: true }],
  ['NaN', {}],
  ['', {}],
  ['30003; drop table', {}],
])('the error code %s', async (ErrorCode, expected) => {
  await webhook.post(STATUS, callback('undelivered', { ErrorCode }));
  expect(reportStatus).toHaveBeenCalledWith({
    nonce: NONCE,
    state: 'undelivered',
    providerId: SID,
    ...expected,
  });
});

test.each(['', 'DELIVERED', 'teleported', '__proto__', 'constructor'])(
  'the unknown word "%s" changes nothing',
  async (word) => {
    expect((await webhook.post(STATUS, callback(word))).status).toBe(400);
    expect(reportStatus).not.toHaveBeenCalled();
  },
);

test('a nonce that we never gave out looks like a page that is not there', async () => {
  reportStatus.mockResolvedValue('unknown-nonce');
  const unknown = await webhook.post(STATUS, callback('delivered'));
  const shapeless = await webhook.post('/channels/sms/status/guess', callback('delivered'));
  expect([unknown.status, shapeless.status]).toEqual([404, 404]);
  expect(await unknown.text()).toBe(await shapeless.text());
  expect(reportStatus).toHaveBeenCalledTimes(1);
});

test('without a signature nobody learns whether a nonce exists', async () => {
  for (const path of [STATUS, '/channels/sms/status/guess'])
    expect((await webhook.post(path, callback('delivered'), { signature: 'x' })).status).toBe(403);
  expect(reportStatus).not.toHaveBeenCalled();
});

test('another account cannot report on our messages', async () => {
  const other = callback('delivered', { AccountSid: `AC${'b'.repeat(32)}` });
  expect((await webhook.post(STATUS, other)).status).toBe(403);
});

test('when the report cannot be stored, Twilio is told to come again', async () => {
  reportStatus.mockRejectedValue(new Error('no database'));
  expect((await webhook.post(STATUS, callback('delivered'))).status).toBe(503);
});
