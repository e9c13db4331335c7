/** Posts a webhook as the provider does: signed for the public address, brought to one machine. */
import { createHmac } from 'node:crypto';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';

export type Fields = Readonly<Record<string, string>>;

export interface Posted {
  readonly status: number;
  readonly text: string;
}

/** Undefined when the machine did not answer to the end in this time. */
export async function signedPost(
  account: ProviderAccount,
  to: { readonly port: number; readonly publicUrl: string; readonly path: string },
  fields: Fields,
  atMostMs: number,
): Promise<Posted | undefined> {
  const names = Object.keys(fields).sort();
  const signed = to.publicUrl + to.path + names.map((name) => `${name}${fields[name]}`).join('');
  try {
    const response = await fetch(`http://127.0.0.1:${to.port}${to.path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: {
        'x-twilio-signature': createHmac('sha1', account.token).update(signed).digest('base64'),
      },
      signal: AbortSignal.timeout(atMostMs),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}
