/**
 * A provider on this machine, in a process of its own: takes every message and answers 5 ms later,
 * as Twilio would. It counts what came; asked over the process's channel, it says so. In earnest a
 * provider is another machine: it reads no more of HTTP than our own clients write, because what it
 * spends is taken from those who are measured.
 */
import { createServer, type Socket } from 'node:net';
import { smsParts } from '../src/flow/sms-parts.ts';

const ANSWERS_AFTER_MS = 5;

let messages = 0;
let parts = 0;
let reports: { readonly at: number } | undefined;
const partsOfText = new Map<string, number>();

const server = createServer({ noDelay: true }, (socket) => {
  let unread = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    unread += chunk;
    for (let end = endOfRequest(unread); end !== undefined; end = endOfRequest(unread)) {
      take(unread.slice(0, end), socket);
      unread = unread.slice(end);
    }
    answerWhatIsDue();
  });
});
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

/** Undefined while some of it is still on its way. Both our clients say how long a body is. */
function endOfRequest(text: string): number | undefined {
  const body = text.indexOf('\r\n\r\n') + 4;
  if (body < 4) return undefined;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1] ?? '0';
  const end = body + Number(length);
  return text.length < end ? undefined : end;
}

function take(request: string, socket: Socket): void {
  messages += 1;
  parts += partsIn(request);
  const answer = answerWith(`SM${messages.toString(16).padStart(32, '0')}`);
  owed.push({ at: performance.now() + ANSWERS_AFTER_MS, answer, socket });
  wakeForTheNext();
  if (reports && messages >= reports.at) {
    reports = undefined;
    process.send?.({ messages, parts, at: performance.now() });
  }
}

interface Owed {
  /** When it is due, by the clock of this process. */
  readonly at: number;
  readonly answer: string;
  readonly socket: Socket;
}

/** In the order in which they are due. */
const owed: Owed[] = [];

/**
 * By the clock, and looked for whenever something comes: a timer counts whole milliseconds from when
 * the loop last looked at the time, so that the busier a client keeps this process the sooner it
 * would be answered.
 */
function answerWhatIsDue(): void {
  const now = performance.now();
  for (let next = owed[0]; next !== undefined && next.at <= now; next = owed[0]) {
    owed.shift();
    next.socket.write(next.answer, 'latin1');
  }
}

let isWaiting = false;

function wakeForTheNext(): void {
  const [next] = owed;
  if (isWaiting || !next) return;
  isWaiting = true;
  setTimeout(onTime, Math.max(1, Math.ceil(next.at - performance.now())));
}

function onTime(): void {
  isWaiting = false;
  answerWhatIsDue();
  wakeForTheNext();
}

/** Few texts, many messages: each is counted once. */
function partsIn(request: string): number {
  const text = /(?:\n|&)Body=([^&]*)/.exec(request)?.[1] ?? '';
  const known = partsOfText.get(text);
  if (known !== undefined) return known;
  const count = smsParts(new URLSearchParams(`Body=${text}`).get('Body') ?? '');
  partsOfText.set(text, count);
  return count;
}

function answerWith(sid: string): string {
  const body = `{"account_sid":"AC0","api_version":"2010-04-01","body":"","date_created":"Mon, 02 Nov 2026 16:00:00 +0000","date_sent":null,"date_updated":"Mon, 02 Nov 2026 16:00:00 +0000","direction":"outbound-api","error_code":null,"error_message":null,"num_media":"0","num_segments":"1","price":null,"price_unit":null,"sid":"${sid}","status":"queued"}`;
  return `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ndate: ${httpDate()}\r\nconnection: keep-alive\r\nkeep-alive: timeout=60\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

let toldAt = 0;
let told = '';

/** Once a second. */
function httpDate(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== toldAt) {
    toldAt = second;
    told = new Date(second * 1000).toUTCString();
  }
  return told;
}
