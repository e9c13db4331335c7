/** Who may be put on the guest list: numbers, and people and chats of the apps, in canonical form. */
import { expect, test } from 'vitest';
import { readGuest } from '../../src/cli/guest.ts';

const TENANT = '0a0a0a0a-0000-4000-8000-00000000000a';
const PERSON = '0b0b0b0b-0000-4000-8000-00000000000b';

test.each([
  ['07700 900123', 'sms', '+447700900123'],
  ['discord:80351110224678912', 'discord', '80351110224678912'],
  ['Discord:chat:80351110224678912', 'discord', 'chat:80351110224678912'],
  [`teams:${TENANT.toUpperCase()}/${PERSON}`, 'teams', `${TENANT}/${PERSON}`],
  ['teams:chat:19:Meeting_x@thread.v2', 'teams', 'chat:19:Meeting_x@thread.v2'],
])('%s is a guest', (typed, channel, address) => {
  expect(readGuest(typed)).toEqual({ kind: 'guest', channel, address });
});

test.each(['somebody', '020 7946 0000', 'discord:somebody', 'discord:chat:x', `teams:${PERSON}`])(
  '%s is refused, and how to name one is told',
  (typed) => {
    const guest = readGuest(typed);
    expect(guest).toMatchObject({ kind: 'refused', reason: expect.stringContaining('guest is') });
    expect(JSON.stringify(guest)).not.toContain(typed.split(':').at(-1));
  },
);
