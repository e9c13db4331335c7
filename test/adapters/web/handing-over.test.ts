import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { tellWhatBecameOf } from '../../../adapters/web/handing-over.ts';

/** What the program hears when these events befall a response that starts like this. */
function heard(
  events: readonly ('finish' | 'close')[],
  start = { closed: false, destroyed: false },
) {
  const told: string[] = [];
  const response = Object.assign(new EventEmitter(), start);
  tellWhatBecameOf(response, {
    kind: 'reply',
    prompts: [],
    handedOver: () => told.push('handed over'),
    notHandedOver: () => told.push('not handed over'),
  });
  for (const event of events) response.emit(event);
  return told;
}

test('a reply that left whole was handed over, whatever the connection does later', () => {
  expect(heard(['finish', 'close'])).toEqual(['handed over']);
});

test('a connection that closes first took no reply with it', () => {
  expect(heard(['close', 'finish'])).toEqual(['not handed over']);
});

test('a person who was gone before the reply was ready did not get it', () => {
  expect(heard([], { closed: true, destroyed: false })).toEqual(['not handed over']);
  expect(heard(['finish'], { closed: false, destroyed: true })).toEqual(['not handed over']);
});
