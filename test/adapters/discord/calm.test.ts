import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCalm } from '../../../adapters/discord/calm.ts';

test('a reply waits while anybody waits for their first answer', async () => {
  const calm = createCalm();
  const one = Promise.withResolvers<void>();
  const other = Promise.withResolvers<void>();
  const first = [calm.first(() => one.promise), calm.first(() => other.promise)];
  let begun = 0;
  const reply = calm.settled().then(() => begun++);
  one.resolve();
  await first[0];
  await turn();
  expect(begun).toBe(0);
  other.resolve();
  await reply;
  expect(begun).toBe(1);
});

test('somebody who presses while replies begin is heard before the rest of them', async () => {
  const calm = createCalm();
  const hold = Promise.withResolvers<void>();
  const first = calm.first(() => hold.promise);
  const happened: string[] = [];
  let later: Promise<void> | undefined;
  const replies = Array.from({ length: 5 }, (_, at) =>
    calm.settled().then(() => {
      happened.push(`reply ${at}`);
      if (at === 1)
        later = calm.first(async () => {
          await turn();
          await turn();
          happened.push('heard');
        });
    }),
  );
  hold.resolve();
  await Promise.all([first, ...replies]);
  await later;
  expect(happened).toEqual(['reply 0', 'reply 1', 'heard', 'reply 2', 'reply 3', 'reply 4']);
});

test('a first answer that fails holds nobody up', async () => {
  const calm = createCalm();
  const failing = calm.first(() => Promise.reject(new Error('lost')));
  const reply = calm.settled();
  await expect(failing).rejects.toThrow('lost');
  await reply;
});
