/**
 * A provider on this machine, in a process of its own: takes every message and answers 5 ms later,
 * as Twilio would. It counts what came; asked over the process's channel, it says so.
 */
import { createServer } from 'node:http';
import { smsParts } from '../src/flow/sms-parts.ts';

const ANSWERS_AFTER_MS = 5;

let messages = 0;
let parts = 0;
let reports: { readonly at: number } | undefined;
const partsOfText = new Map<string, number>();

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    messages += 1;
    parts += partsIn(body);
    const answer = answerWith(`SM${messages.toString(16).padStart(32, '0')}`);
    setTimeout(() => {
      response.writeHead(201, { 'content-type': 'application/json' }).end(answer);
    }, ANSWERS_AFTER_MS);
    if (reports && messages >= reports.at) {
      reports = undefined;
      process.send?.({ messages, parts, at: performance.now() });
    }
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});

/** A number: report when so many messages have come since the last 0. */
process.on('message', (count: number) => {
  if (count === 0) {
    messages = 0;
    parts = 0;
  }
  if (messages >= count) process.send?.({ messages, parts, at: performance.now() });
  else reports = { at: count };
});
process.on('disconnect', () => process.exit());

/** Few texts, many messages: each is counted once. */
function partsIn(form: string): number {
  const text = /(?:^|&)Body=([^&]*)/.exec(form)?.[1] ?? '';
  const known = partsOfText.get(text);
  if (known !== undefined) return known;
  const count = smsParts(new URLSearchParams(form).get('Body') ?? '');
  partsOfText.set(text, count);
  return count;
}

function answerWith(sid: string): string {
  return `{"account_sid":"AC0","api_version":"2010-04-01","body":"","date_created":"Mon, 02 Nov 2026 16:00:00 +0000","date_sent":null,"date_updated":"Mon, 02 Nov 2026 16:00:00 +0000","direction":"outbound-api","error_code":null,"error_message":null,"num_media":"0","num_segments":"1","price":null,"price_unit":null,"sid":"${sid}","status":"queued"}`;
}
