/** Lets simulated people text through the signed webhook, several at a time, each in their own order. */
import { randomBytes } from 'node:crypto';
import type { SimulatedPerson } from './simulated-people.ts';
import { type ProviderAccount, postSigned } from './stand-in-provider.ts';

export interface Texting {
  readonly account: ProviderAccount;
  readonly port: number;
  readonly publicUrl: string;
  readonly people: readonly SimulatedPerson[];
}

export interface Texted {
  readonly sent: number;
  readonly answered: number;
  /** One conversation, to read. */
  readonly sample: readonly string[];
}

const AT_ONCE = 16;

export async function textAll(texting: Texting): Promise<Texted> {
  let next = 0;
  let sent = 0;
  let answered = 0;
  const sample: string[] = [];
  const lane = async (): Promise<void> => {
    for (let person = texting.people[next++]; person; person = texting.people[next++]) {
      const isFirst = person === texting.people[0];
      for (const text of person.texts) {
        const replies = await send(texting, person.number, text);
        sent++;
        answered += replies.length > 0 ? 1 : 0;
        if (isFirst) sample.push('', `  > ${text}`, ...replies.flatMap(indented));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { sent, answered, sample };
}

async function send(
  { account, port, publicUrl }: Texting,
  from: string,
  text: string,
): Promise<readonly string[]> {
  const path = '/channels/sms/inbound';
  const response = await postSigned(
    account,
    `http://127.0.0.1:${port}${path}`,
    `${publicUrl}${path}`,
    {
      AccountSid: account.sid,
      MessageSid: `SM${randomBytes(16).toString('hex')}`,
      From: from,
      To: account.number,
      Body: text,
      NumMedia: '0',
    },
  );
  if (!response.ok) throw new Error(`a simulated text was answered with ${response.status}`);
  return messagesIn(await response.text());
}

/** The messages of a TwiML reply, as a phone would show them. */
function messagesIn(xml: string): readonly string[] {
  return [...xml.matchAll(/<Message>([\s\S]*?)<\/Message>/g)].map(([, text = '']) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );
}

function indented(message: string): readonly string[] {
  return message.split('\n').map((line) => `      ${line}`);
}
