import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { stageOfThisFile, tellAndAsk } from './outbox-stage.ts';

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
