import { channelContract } from '../../support/channel-contract.ts';
import { PERSON, startWebhook, text } from './sms-webhook.ts';

channelContract('sms', async ({ receive, logged }) => {
  const webhook = await startWebhook({ receive, logged });
  const answered = async (response: Promise<Response>) => {
    const { status, text: read } = await response.then(async (it) => ({
      status: it.status,
      text: await it.text(),
    }));
    return { status, shown: read };
  };
  return {
    address: PERSON,
    say: (words, messageId) =>
      answered(
        webhook.post(
          '/channels/sms/inbound',
          text(words, messageId ? { MessageSid: `SM${messageId.replaceAll('-', '')}` } : {}),
        ),
      ),
    sayTooMuch: () => answered(webhook.post('/channels/sms/inbound', text('x'.repeat(1_000_000)))),
    close: webhook.close,
  };
});
