/**
 * What Twilio still holds of our messages: finds what one attempt became when its answer was lost,
 * lists what is held in both directions, and has it deleted. A number and a text go out in these
 * requests and come back in the answers; none of it may leave this file in a reason or an error.
 */
import { z } from 'zod';
import type {
  FoundCopies,
  FoundCopy,
  FoundMany,
  HeldCopies,
  ProviderCopies,
  Removal,
  SentMessage,
} from '../../src/channel.ts';
import { NotReached } from '../../src/platform/call-fault.ts';
import { ProviderRefusal } from './send-outcome.ts';
import { outboundMessages } from './sms-text.ts';
import { stateOf } from './status-report.ts';
import type { TwilioMessages } from './twilio-client.ts';

export interface CopiesOptions {
  readonly from: string;
  /** Loaded when first needed. */
  readonly messages: () => Promise<TwilioMessages>;
}

export function twilioCopies({ from, messages }: CopiesOptions): ProviderCopies {
  return {
    find: (sent) =>
      telling(async () => {
        const listed = await sentTo(await messages(), from, sent);
        return typeof listed === 'string'
          ? cannotTell(listed)
          : { kind: 'listed', copies: copiesOf(sent, listed) };
      }),
    findMany: (sent) =>
      telling(async () => {
        const listed = await sentSince(await messages(), from, sent);
        if (typeof listed === 'string') return cannotTell(listed);
        return { kind: 'listed', copies: sent.map((one) => copiesOf(one, toThem(one, listed))) };
      }),
    list: (upTo, next) =>
      telling(() => onePage(messages, from, upTo, readPlace(next) ?? { way: 'out' })),
    remove: async (sid) => {
      try {
        await (await messages()).remove(sid);
        return { kind: 'gone' };
      } catch (error) {
        return removalOf(error);
      }
    },
  };
}

/** What is read of a message; the rest of what Twilio writes about it is nobody's business here. */
const message = z.object({
  sid: z.string().regex(/^(?:SM|MM)[0-9a-f]{32}$/i),
  status: z.string(),
  direction: z.string(),
  to: z.string().nullish(),
  body: z.string().nullish(),
  date_created: z.string().nullish(),
  date_sent: z.string().nullish(),
  error_code: z.number().nullish(),
});
type Message = z.infer<typeof message>;

const page = z.object({ messages: z.array(z.unknown()), next_page_uri: z.string().nullish() });

interface Page {
  readonly messages: readonly Message[];
  readonly next?: string;
}

/** Undefined when the answer is no list at all. What in it is no message is left out. */
function readPage(answer: unknown): Page | undefined {
  const read = page.safeParse(answer);
  if (!read.success) return undefined;
  const next = read.data.next_page_uri ?? '';
  return {
    messages: read.data.messages.flatMap((one) => message.safeParse(one).data ?? []),
    ...(next === '' ? {} : { next }),
  };
}

/** A number has few messages at a time, since each is deleted once it is settled. */
const MOST_PAGES = 5;
const FIND_PAGE = '100';
/** Twilio's clock and the database's may differ by so much. */
const CLOCKS_APART_MS = 5 * 60_000;

/**
 * Everything sent to a number. Not by the day it was sent: a message that still waits in Twilio's
 * queue has none, and would be missed. The list begins with the newest.
 */
async function sentTo(
  { list, listMore }: TwilioMessages,
  from: string,
  { address, since }: SentMessage,
): Promise<readonly Message[] | string> {
  const found: Message[] = [];
  const oldest = since.getTime() - CLOCKS_APART_MS;
  let answer = await list({ To: address, From: from, PageSize: FIND_PAGE });
  for (let pages = 1; ; pages++) {
    const read = readPage(answer);
    if (read === undefined) return 'unreadable-answer';
    found.push(...read.messages.filter((one) => momentOf(one) >= oldest));
    const last = read.messages.at(-1);
    if (read.next === undefined || (last && momentOf(last) < oldest)) return found;
    if (pages === MOST_PAGES) return 'too-many';
    answer = await listMore(read.next);
  }
}

/** A hundred thousand messages: more than leaves in two hours at any rate that is agreed with us. */
const MOST_PAGES_OF_ALL = 200;

/** Everything sent to any of these people since the first of the attempts, by number. */
async function sentSince(
  { list, listMore }: TwilioMessages,
  from: string,
  sent: readonly SentMessage[],
): Promise<ReadonlyMap<string, readonly Message[]> | string> {
  const found = new Map<string, Message[]>(sent.map(({ address }) => [address, []]));
  const oldest = Math.min(...sent.map(({ since }) => since.getTime())) - CLOCKS_APART_MS;
  let answer = await list({ From: from, PageSize: LIST_PAGE });
  for (let pages = 1; ; pages++) {
    const read = readPage(answer);
    if (read === undefined) return 'unreadable-answer';
    for (const one of read.messages)
      if (momentOf(one) >= oldest) found.get(one.to ?? '')?.push(one);
    const last = read.messages.at(-1);
    if (read.next === undefined || (last && momentOf(last) < oldest)) return found;
    if (pages === MOST_PAGES_OF_ALL) return 'too-many';
    answer = await listMore(read.next);
  }
}

/** Since their own attempt. */
function toThem(
  { address, since }: SentMessage,
  listed: ReadonlyMap<string, readonly Message[]>,
): readonly Message[] {
  const oldest = since.getTime() - CLOCKS_APART_MS;
  return (listed.get(address) ?? []).filter((one) => momentOf(one) >= oldest);
}

/** A text of several messages counts as often as the rarest of them is there. */
function copiesOf({ prompts }: SentMessage, listed: readonly Message[]): readonly FoundCopy[] {
  const byApi = listed.filter((one) => one.direction === 'outbound-api');
  const pieces = outboundMessages(prompts).map((body) =>
    byApi.filter((one) => sameText(one.body ?? '', body)).sort((a, b) => momentOf(a) - momentOf(b)),
  );
  const [first = [], ...others] = pieces;
  const count = Math.min(first.length, ...others.map((piece) => piece.length));
  return first.slice(0, count).flatMap((one) => {
    const state = stateOf(one.status);
    if (state === undefined) return [];
    const reason = one.error_code ? { reason: `twilio-${one.error_code}` } : {};
    return [{ providerId: one.sid, state, ...reason }];
  });
}

function sameText(theirs: string, ours: string): boolean {
  return plain(theirs) === plain(ours);
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll('\r\n', '\n').trim();
}

const LIST_PAGE = '500';

/** First what we sent, then what we were sent. */
interface Place {
  readonly way: 'out' | 'in';
  readonly uri?: string;
}

async function onePage(
  messages: () => Promise<TwilioMessages>,
  from: string,
  upTo: Date,
  place: Place,
): Promise<HeldCopies> {
  const { list, listMore } = await messages();
  const answer =
    place.uri === undefined
      ? await list({
          ...(place.way === 'out' ? { From: from } : { To: from }),
          'DateSent<': upTo.toISOString().slice(0, 10),
          PageSize: LIST_PAGE,
        })
      : await listMore(place.uri);
  const read = readPage(answer);
  if (read === undefined) return cannotTell('unreadable-answer');
  const next = nextPlace(place, read);
  return {
    kind: 'page',
    copies: read.messages
      .filter((one) => !Number.isNaN(momentOf(one)))
      .map((one) => ({
        providerId: one.sid,
        at: new Date(momentOf(one)),
        settled: SETTLED.has(one.status),
      })),
    ...(next === undefined ? {} : { next }),
  };
}

function nextPlace({ way }: Place, { next }: Page): string | undefined {
  if (next !== undefined) return `${way} ${next}`;
  return way === 'out' ? 'in' : undefined;
}

function readPlace(next: string | undefined): Place | undefined {
  if (next === undefined) return undefined;
  const [way, uri] = next.split(' ', 2);
  return { way: way === 'in' ? 'in' : 'out', ...(uri === undefined ? {} : { uri }) };
}

const SETTLED: ReadonlySet<string> = new Set([
  'delivered',
  'undelivered',
  'failed',
  'canceled',
  'received',
  'read',
]);

/** NaN when Twilio gave no time that can be read. */
function momentOf({ date_sent, date_created }: Message): number {
  return Date.parse(date_sent ?? date_created ?? '');
}

async function telling<Told extends FoundCopies | FoundMany | HeldCopies>(
  ask: () => Promise<Told>,
): Promise<Told | { readonly kind: 'cannot-tell'; readonly reason: string }> {
  try {
    return await ask();
  } catch (error) {
    return cannotTell(reasonOf(error));
  }
}

function cannotTell(reason: string): { readonly kind: 'cannot-tell'; readonly reason: string } {
  return { kind: 'cannot-tell', reason };
}

function reasonOf(error: unknown): string {
  if (error instanceof ProviderRefusal) return `http-${error.status}`;
  return error instanceof NotReached ? 'unreachable' : 'connection-lost';
}

/** What is no longer there is gone. A message on its way cannot be deleted yet. */
function removalOf(error: unknown): Removal {
  const reason = reasonOf(error);
  if (error instanceof NotReached) return { kind: 'unavailable', reason };
  if (!(error instanceof ProviderRefusal)) return { kind: 'not-yet', reason };
  if (error.status === 404) return { kind: 'gone' };
  const asksUsToWait = error.status === 429 || error.code === 20429;
  const refusesUs = error.status === 401 || error.status === 403;
  return { kind: asksUsToWait || refusesUs ? 'unavailable' : 'not-yet', reason };
}
