/**
 * Twilio's REST interface, as far as Heard needs it: four calls, each made once. Twilio's own client
 * is left out: it spends a tenth of a sender's work on parts of an answer that nobody reads, and what
 * Heard may do next depends on whether a request can have left this machine, which only
 * `http-call.ts` tells. Twilio's error messages quote the telephone number: only their codes get out
 * of here.
 */
import { type HttpAnswer, type HttpCall, httpCall } from '../../src/platform/http-call.ts';
import { ProviderRefusal } from './send-outcome.ts';

export interface TwilioClientOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  /** The `Date` of every answer. */
  readonly onDate?: (httpDate: string | undefined) => void;
}

export interface OneMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly statusCallback?: string;
}

/** Whatever is not the expected answer is thrown; what comes back is read as unknown. */
export interface TwilioMessages {
  /** Gives Twilio's id of the message. */
  readonly create: (message: OneMessage) => Promise<unknown>;
  /** One page of the messages that Twilio holds, by these filters. */
  readonly list: (filters: MessageFilters) => Promise<unknown>;
  /** A further page, by the address that the page before gave. */
  readonly listMore: (uri: string) => Promise<unknown>;
  readonly remove: (sid: string) => Promise<void>;
}

/** By the names that Twilio's interface gives them. */
export type MessageFilters = Readonly<
  Partial<Record<'To' | 'From' | 'DateSent' | 'DateSent<' | 'DateSent>' | 'PageSize', string>>
>;

export function twilioMessages({
  accountSid,
  authToken,
  timeoutMs,
  apiUrl = 'https://api.twilio.com',
  onDate,
}: TwilioClientOptions): TwilioMessages {
  const account = `/2010-04-01/Accounts/${accountSid}`;
  const messages = `${account}/Messages.json`;
  const toMessages = new URL(apiUrl + messages);
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
  };
  const formHeaders = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };

  // Nothing else of an answer's headers is read, and one a second tells the time.
  let nextDate = 0;
  const isTimeForDate = (): boolean => {
    const now = performance.now();
    if (onDate === undefined || now < nextDate) return false;
    nextDate = now + DATE_EVERY_MS;
    return true;
  };
  const call = async (
    url: URL,
    how: Pick<HttpCall, 'method' | 'body' | 'headers' | 'longest'>,
  ): Promise<unknown> => {
    const answer = await httpCall({ url, timeoutMs, ...how });
    if (isTimeForDate()) onDate?.(answer.header('date'));
    return bodyOf(answer);
  };
  const get = (path: string): Promise<unknown> =>
    call(new URL(apiUrl + path), { method: 'GET', headers, longest: LONGEST_LIST });

  return {
    create: async (message) => {
      const created = await call(toMessages, {
        method: 'POST',
        headers: formHeaders,
        body: formOf(message),
        longest: LONGEST_ANSWER,
      });
      return typeof created === 'object' && created !== null && 'sid' in created
        ? created.sid
        : undefined;
    },
    list: (filters) => get(`${messages}?${new URLSearchParams({ ...filters }).toString()}`),
    // Our credentials go to that list and nowhere else, whatever a page says.
    listMore: (uri) =>
      uri.startsWith(`${messages}?`) ? get(uri) : Promise.reject(new Error('no page of the list')),
    remove: async (sid) => {
      await call(new URL(`${apiUrl}${account}/Messages/${encodeURIComponent(sid)}.json`), {
        method: 'DELETE',
        headers,
        longest: LONGEST_ANSWER,
      });
    },
  };
}

/** A telephone number's plus sign is percent-encoded here. */
function formOf({ from, to, body, statusCallback }: OneMessage): string {
  const form = `To=${encodeURIComponent(to)}&From=${encodeURIComponent(from)}&Body=${encodeURIComponent(body.toWellFormed())}`;
  return statusCallback === undefined
    ? form
    : `${form}&StatusCallback=${encodeURIComponent(statusCallback)}`;
}

function bodyOf(answer: HttpAnswer): unknown {
  const body = readJson(answer.text);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, body);
  return body;
}

const DATE_EVERY_MS = 1_000;
const LONGEST_ANSWER = 64 * 1024;
/** A page of 500 messages of 1,600 characters, and what is written around each. */
const LONGEST_LIST = 4 * 1024 * 1024;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal({ status, header }: HttpAnswer, body: unknown): ProviderRefusal {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return new ProviderRefusal(
    status,
    typeof code === 'number' && Number.isInteger(code) ? code : undefined,
    { retryAfter: header('retry-after'), date: header('date') },
  );
}
