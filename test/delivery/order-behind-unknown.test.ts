import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { dies, stageOfThisFile, tellAndAsk } from './outbox-stage.ts';

const on = await stageOfThisFile();

test('the question waits for as long as its text may still be sent again', async () => {
  await tellAndAsk(on.pool, [randomUUID()]);
  const { answer } = on.provider;
  on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
  await on.dispatcher().drain();
  on.provider.answer = answer;
  on.provider.sent.length = 0;
  // The provider's own list cannot be read: the text goes again after two hours at most.
  for (const time of ['36 minutes', '30 minutes', '50 minutes']) {
    await on.timePasses(time);
    await reconcile(on.pool, ['sms'], ['sms']);
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
  }
  await on.timePasses('5 minutes');
  await reconcile(on.pool, ['sms'], ['sms']);
  await on.dispatcher().drain();
  expect(on.provider.sent.map((one) => one.text)).toEqual([
    'what happened',
    'did we get it right?',
  ]);
});

test('nor does it overtake its text while nobody has noticed that the worker died', async () => {
  const personId = randomUUID();
  await tellAndAsk(on.pool, [personId]);
  await on.dispatcher({ fault: (point) => point === 'attempt-committed' && dies() }).drain();
  // The sweep comes by the minute: until then the attempt stands as it was left.
  await on.timePasses('90 seconds');
  await on.say('where help is', { personId, class: 'signpost' });
  await on.dispatcher().drain();
  expect(on.provider.sent.map((one) => one.text)).toEqual(['where help is']);
  await reconcile(on.pool, ['sms']);
  await on.dispatcher().drain();
  expect(on.provider.sent).toHaveLength(1);
});

test('a reply on a webhook that nobody confirmed holds the next message up for a minute', async () => {
  const { personId } = await on.say('on the webhook');
  await on.pool.query(
    `update delivery.outbox set state = 'attempting', attempted_at = clock_timestamp()`,
  );
  await on.say('the next', { personId });
  await on.dispatcher().drain();
  expect(on.provider.sent).toEqual([]);
  await on.timePasses('61 seconds');
  await on.dispatcher().drain();
  expect(on.provider.sent.map((one) => one.text)).toEqual(['the next']);
});
