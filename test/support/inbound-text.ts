/** A text as the provider posts it to us, under a message id of its own. */
import { randomBytes } from 'node:crypto';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';

export function inboundText(account: ProviderAccount, from: string, body: string) {
  return {
    AccountSid: account.sid,
    MessageSid: newSid(),
    From: from,
    To: account.number,
    Body: body,
    NumMedia: '0',
  };
}

/** The provider's name for a message. */
export function newSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}
