/**
 * The one file that imports Twilio's REST client. It takes about half a second to load, so the
 * channel imports it when the first message goes out. Requests go by `fetch` under it, because what
 * Heard may do next depends on whether a request can have left this machine. Twilio's own error
 * messages quote the telephone number: only their codes get out of here.
 */
import RequestClient from 'twilio/lib/base/RequestClient.js';
import type HttpResponse from 'twilio/lib/http/response.js';
import Twilio from 'twilio/lib/rest/Twilio.js';
import { NotReached, ProviderRefusal } from './send-outcome.ts';

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

/** Gives Twilio's id of the message; anything else is thrown. */
export type CreateMessage = (message: OneMessage) => Promise<unknown>;

export function twilioCreateMessage(options: TwilioClientOptions): CreateMessage {
  const client = new Twilio(options.accountSid, options.authToken, {
    httpClient: new FetchClient(options.timeoutMs),
  });
  if (options.apiUrl !== undefined) client.api.baseUrl = options.apiUrl;
  return async (message) => (await client.messages.create({ ...message })).sid;
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
    const response = await reach(options.uri, {
      method: options.method.toUpperCase(),
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(Object.entries(options.data ?? {})).toString(),
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    const body = readJson(await readBounded(response));
    if (!response.ok) throw refusal(response, body);
    // What type a client of Twilio's asks for is its own belief: what comes is read as unknown.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { statusCode: response.status, body: body as TData, headers: response.headers };
  }
}

async function reach(uri: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(uri, request);
  } catch (error) {
    const code = causeCode(error);
    throw BEFORE_THE_REQUEST.has(code) ? new NotReached(code, { cause: error }) : error;
  }
}

function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : '';
  return typeof code === 'string' ? code : '';
}

/** Faults of finding, reaching and trusting the server: the request had not begun. */
const BEFORE_THE_REQUEST: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const LONGEST_ANSWER = 64 * 1024;

async function readBounded(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_ANSWER) return '';
  }
  return text;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(response: Response, body: unknown): ProviderRefusal {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return new ProviderRefusal(
    response.status,
    typeof code === 'number' && Number.isInteger(code) ? code : undefined,
    response.headers.get('retry-after') ?? undefined,
  );
}
