/**
 * Lets in what Twilio signed for our account, and nothing else. The address that the signature
 * covers is built from the configured public URL: the Host header is the caller's to choose.
 */
import type { IncomingMessage } from 'node:http';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { type Params, readForm } from './form-body.ts';

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Public address without a trailing slash. */
  readonly publicUrl: string;
}

export type SignedForm =
  | { readonly kind: 'signed'; readonly params: Params }
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 413 | 415 }
  | { readonly kind: 'gone' };

const FORBIDDEN: SignedForm = { kind: 'refused', status: 403 };

export async function readSignedForm(
  account: TwilioAccount,
  request: IncomingMessage & { readonly originalUrl: string },
): Promise<SignedForm> {
  const body = await readForm(request);
  if (body.kind !== 'form') return body;
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string') return FORBIDDEN;
  if (!signatureHolds(account, signature, request.originalUrl, body.params)) return FORBIDDEN;
  if (body.params['AccountSid'] !== account.accountSid) return FORBIDDEN;
  return { kind: 'signed', params: body.params };
}

function signatureHolds(
  { authToken, publicUrl }: TwilioAccount,
  signature: string,
  path: string,
  params: Params,
): boolean {
  if (!path.startsWith('/')) return false;
  try {
    return validateRequest(authToken, signature, publicUrl + path, params);
  } catch {
    // An address that no URL parser reads was not signed by anybody.
    return false;
  }
}
