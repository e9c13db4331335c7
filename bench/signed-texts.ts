/** Texts as the provider would post them, signed ahead of the measurement so that signing costs it nothing. */
import { createHmac } from 'node:crypto';

export interface Account {
  readonly sid: string;
  readonly token: string;
  readonly number: string;
  readonly url: string;
}

export interface SignedText {
  readonly body: string;
  readonly signature: string;
}

let made = 0;

export function signedText(account: Account, from: string, text: string): SignedText {
  made++;
  const fields: Record<string, string> = {
    AccountSid: account.sid,
    ApiVersion: '2010-04-01',
    Body: text,
    From: from,
    FromCountry: 'GB',
    MessageSid: `SM${made.toString(16).padStart(32, '0')}`,
    NumMedia: '0',
    NumSegments: '1',
    SmsStatus: 'received',
    To: account.number,
  };
  const signed =
    account.url +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join('');
  return {
    body: new URLSearchParams(fields).toString(),
    signature: createHmac('sha1', account.token).update(signed).digest('base64'),
  };
}

/** The thousand numbers that are set aside for drama: nobody has them. */
export function dramaNumber(index: number): string {
  return `+447700900${String(index % 1000).padStart(3, '0')}`;
}
