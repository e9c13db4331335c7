/** Who speaks in a text, what they say, and what they are answered. */
import { describe, expect, test, vi } from 'vitest';
import type { Receipt } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import { INBOUND, inboundOfThisFile } from './inbound-webhook.ts';
import { FROM, PERSON, sign, text } from './sms-webhook.ts';

const { receive, log, webhook } = inboundOfThisFile();

describe('who speaks', () => {
  test.each([
    'CouncilNews',
    '85258',
    '+353851234567',
    '+442079460000',
    'whatsapp:+447700900123',
    '',
  ])('from "%s", which cannot be answered: silence, and nothing stored', async (from) => {
    const response = await webhook.post(INBOUND, text('PARK', { From: from }));
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/<Response\/>$/);
    expect(receive).not.toHaveBeenCalled();
  });
});

describe('what is said', () => {
  test.each([
    [
      'a picture without words',
      { Body: '', NumMedia: '1', MediaUrl0: 'http://169.254.169.254/' },
      '',
    ],
    ['nothing at all', { Body: '' }, ''],
    ['only an emoji', { Body: '👨‍👩‍👧' }, '👨‍👩‍👧'],
    ['Urdu', { Body: 'جی ہاں' }, 'جی ہاں'],
    ['1,600 characters', { Body: 'a'.repeat(1600) }, 'a'.repeat(1600)],
    ['a poison text', { Body: 'a\u0000\u202eb' }, 'ab'],
    ['YES, which may be an answer', { Body: 'YES' }, 'YES'],
    ['YES, also where Twilio opts in with it', { Body: 'YES', OptOutType: 'START' }, 'YES'],
    ['any other word that Twilio opts in with', { Body: 'begin', OptOutType: 'START' }, 'begin'],
    ['STOP with more words, which Twilio does not answer', { Body: 'stop please' }, 'stop please'],
    ['STOP with a full stop', { Body: 'STOP.' }, 'STOP.'],
    ['HELP, which is ours to answer', { Body: 'HELP' }, 'HELP'],
  ])('%s', async (_what, params, expected) => {
    await webhook.post(INBOUND, text('', params));
    expect(receive.mock.calls[0]?.[0].event).toEqual({ kind: 'text', text: expected });
  });

  test.each([
    [{ Body: 'pls stop', OptOutType: 'STOP' }, 'stop'],
    [{ Body: 'Start', OptOutType: 'START' }, 'start'],
    [{ Body: 'help', OptOutType: 'HELP' }, 'help'],
    ...[
      'STOP',
      ' stop ',
      'Stopall',
      'unsubscribe',
      'CANCEL',
      'end',
      'Quit',
      'OPTOUT',
      'revoke',
    ].map((body) => [{ Body: body }, 'stop'] as const),
    [{ Body: 'START' }, 'start'],
    [{ Body: 'unstop' }, 'start'],
  ] as const)('%o was answered by Twilio: %s', async (params, command) => {
    await webhook.post(INBOUND, text('', params));
    expect(receive.mock.calls[0]?.[0].event).toEqual({ kind: 'handled-by-provider', command });
  });
});

describe('what is answered', () => {
  test('several messages, each escaped', async () => {
    receive.mockResolvedValue(reply('Fish & chips <now>', 'Text "1".').receipt);
    const response = await webhook.post(INBOUND, text('go'));
    expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response>' +
        '<Message>Fish &amp; chips &lt;now&gt;</Message><Message>Text &quot;1&quot;.</Message>' +
        '</Response>',
    );
  });

  test('a text that is too long for one message comes as two', async () => {
    receive.mockResolvedValue(reply(`${'word '.repeat(400)}end`).receipt);
    const shown = await (await webhook.post(INBOUND, text('go'))).text();
    expect(shown.match(/<Message>/g)).toHaveLength(2);
  });

  test('when the caller hangs up before the answer, the reply counts as not handed over', async () => {
    const { receipt, handedOver, notHandedOver } = reply('hello');
    const arrived = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Receipt>();
    receive.mockImplementation(() => {
      arrived.resolve();
      return answer.promise;
    });
    const hangUp = new AbortController();
    const params = text('go');
    const request = fetch(`http://127.0.0.1:${webhook.port}${INBOUND}`, {
      method: 'POST',
      body: new URLSearchParams(params),
      headers: { 'x-twilio-signature': sign(`https://heard.example${INBOUND}`, params) },
      signal: hangUp.signal,
    });
    await arrived.promise;
    hangUp.abort();
    await expect(request).rejects.toThrow();
    await webhook.close();
    answer.resolve(receipt);
    await vi.waitFor(() => expect(notHandedOver).toHaveBeenCalledTimes(1));
    expect(handedOver).not.toHaveBeenCalled();
  });

  test('when nothing could be stored, the log names the kind of fault and no more', async () => {
    receive.mockRejectedValue(Object.assign(new Error(`duplicate ${PERSON}`), { code: '23505' }));
    const response = await webhook.post(INBOUND, text('skate'));
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('Try again later\n');
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('a text message webhook could not be handled');
    expect(log[0]).toContain('23505');
    expect(log[0]).not.toContain('7700');
  });
});

function reply(...texts: readonly string[]) {
  const handedOver = vi.fn<() => void>();
  const notHandedOver = vi.fn<() => void>();
  const prompts = texts.map(
    (words): Prompt => ({ text: words, input: { kind: 'none' }, keys: [], language: 'en' }),
  );
  const receipt: Receipt = { kind: 'reply', prompts, handedOver, notHandedOver };
  return { receipt, handedOver, notHandedOver };
}

test('our own number is what people text', () => {
  expect(text('hi')['To']).toBe(FROM);
});
