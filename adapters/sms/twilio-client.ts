/**
 * The one file that imports Twilio's REST client. It takes about half a second to load, so the
 * channel imports it when the first message goes out. Requests go by `http-call.ts`, because what
 * Heard may do next depends on whether a request can have left this machine. Twilio's own error
 * messages quote the telephone number: only their codes get out of here.
 */
import RequestClient from 'twilio/lib/base/RequestClient.js';
import type HttpResponse from 'twilio/lib/http/response.js';
import Twilio from 'twilio/lib/rest/Twilio.js';
import { type HttpAnswer, httpCall } from '../../src/platform/http-call.ts';
import { ProviderRefusal } from './send-outcome.ts';

export interface TwilioClientOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl?: string;
  readonly timeoutMs: number;
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

export function twilioMessages(options: TwilioClientOptions): TwilioMessages {
  const client = new Twilio(options.accountSid, options.authToken, {
    httpClient: new FetchClient(options.timeoutMs),
  });
  if (options.apiUrl !== undefined) client.api.baseUrl = options.apiUrl;
  const messages = `/2010-04-01/Accounts/${options.accountSid}/Messages.json`;
  const get = async (uri: string, params?: MessageFilters): Promise<unknown> => {
    const answer: unknown = await client.api.request({
      method: 'get',
      uri,
      ...(params === undefined ? {} : { params }),
    });
    return typeof answer === 'object' && answer !== null && 'body' in answer
      ? answer.body
      : undefined;
  };
  return {
    create: async (message) => (await client.messages.create({ ...message })).sid,
    list: (filters) => get(messages, filters),
    // Our credentials go to that list and nowhere else, whatever a page says.
    listMore: (uri) =>
      uri.startsWith(`${messages}?`) ? get(uri) : Promise.reject(new Error('no page of the list')),
    remove: async (sid) => {
      await client.messages(sid).remove();
    },
  };
}

/** A class because Twilio's client accepts no less. */
class FetchClient extends RequestClient {
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    super();
    this.#timeoutMs = timeoutMs;
  }

  override async request<TData>(
    options: RequestClient.RequestOptions<TData>,
  ): Promise<HttpResponse.default<TData>> {
    const method = options.method.toUpperCase();
    const form =
      method === 'POST' ? new URLSearchParams(Object.entries(options.data ?? {})).toString() : '';
    const answer = await httpCall({
      url: withQuery(options.uri, options.params),
      method,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`,
        ...(method === 'POST'
          ? {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': String(form.length),
            }
          : {}),
      },
      ...(method === 'POST' ? { body: form } : {}),
      timeoutMs: this.#timeoutMs,
      longest: method === 'GET' ? LONGEST_LIST : LONGEST_ANSWER,
    });
    const body = readJson(answer.text);
    if (answer.status < 200 || answer.status > 299) throw refusal(answer, body);
    // What type a client of Twilio's asks for is its own belief: what comes is read as unknown.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { statusCode: answer.status, body: body as TData, headers: {} };
  }
}

/** A telephone number's plus sign, and the < of a filter, are percent-encoded here. */
function withQuery(uri: string, params: object | undefined): string {
  const entries = Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]);
  if (entries.length === 0) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(entries).toString()}`;
}

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

function refusal({ status, retryAfter }: HttpAnswer, body: unknown): ProviderRefusal {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return new ProviderRefusal(
    status,
    typeof code === 'number' && Number.isInteger(code) ? code : undefined,
    retryAfter,
  );
}
