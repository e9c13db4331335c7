/** A golden conversation by text: signed webhooks over HTTP, and the markup that answers them. */
import { postSigned } from '../../../src/cli/demo/stand-in-provider.ts';
import { inboundText } from '../inbound-text.ts';
import { BETWEEN_TEXTS } from './golden.ts';
import { ACCOUNT, type Program, PUBLIC_URL } from './program.ts';
import type { Talk } from './talk.ts';

const PATH = '/channels/sms/inbound';

export function onSms({ url }: Program, number: string): Talk {
  return {
    address: () => number,
    say: async (text) => {
      const fields = inboundText(ACCOUNT, number, text);
      const response = await postSigned(ACCOUNT, url + PATH, PUBLIC_URL + PATH, fields);
      const xml = await response.text();
      if (response.status !== 200) throw new Error(`The webhook answers ${response.status}`);
      return [...xml.matchAll(/<Message>([\s\S]*?)<\/Message>/g)]
        .map(([, message = '']) => unescaped(message))
        .join(BETWEEN_TEXTS);
    },
    tap: () => {
      throw new Error('A text message has no buttons');
    },
  };
}

function unescaped(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
