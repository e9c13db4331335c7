/** Whatever people do in a chat of several, nothing of one member's view reaches another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PersonInChat, teamsPerson } from '../../support/teams/person.ts';
import { fakeGroup, GROUP } from './fake-group.ts';
import { startTeamsBot } from './teams-bot.ts';

const NAMES = ['amal', 'ben', 'cai'] as const;

interface Action {
  readonly who: number;
  readonly what: 'look' | 'answer' | 'send' | 'send-on-another' | 'start' | 'change';
}

const action: fc.Arbitrary<Action> = fc.record({
  who: fc.nat(NAMES.length - 1),
  what: fc.constantFrom('look', 'answer', 'send', 'send-on-another', 'start', 'change'),
});

test('no answer is ever in what stands for everyone, or in another member’s view', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 16 }), async (actions) => {
      const group = fakeGroup();
      const bot = await startTeamsBot(group);
      try {
        const people = NAMES.map((name) => teamsPerson(bot.teams, name));
        bot.teams.connector.chat(GROUP, { members: people.map(({ userId }) => userId) });
        const chats = people.map((person) => person.inChat(GROUP));
        await chats[0]?.say('start park');
        const shown: string[][] = NAMES.map(() => []);
        for (const [at, { who, what }] of actions.entries()) {
          const chat = chats[who];
          if (chat === undefined) continue;
          const seen = await done(chat, chats[(who + 1) % NAMES.length], what, secret(who, at));
          if (what === 'change')
            group.change({ progress: `About ${at * 5} people have finished.` });
          shown[who]?.push(seen);
        }
        answered += group.inbounds.filter(({ event }) => event.kind === 'text').length;
        const everyone = JSON.stringify(bot.teams.connector.calls);
        expect(everyone).not.toMatch(/secret-of-/);
        for (const [who, views] of shown.entries())
          for (const view of views)
            expect(view.replaceAll(new RegExp(`secret-of-${who}-\\d+`, 'g'), '')).not.toMatch(
              /secret-of-/,
            );
      } finally {
        await bot.close();
      }
    }),
    { numRuns: 20, seed: 20261102 },
  );
  // Otherwise there was nothing to keep apart.
  expect(answered).toBeGreaterThan(10);
}, 120_000);

function secret(who: number, at: number): string {
  return `secret-of-${who}-${at}`;
}

/** What the person is shown for it; a button that is not there is not pressed. */
async function done(
  chat: PersonInChat,
  other: PersonInChat | undefined,
  what: Action['what'],
  words: string,
): Promise<string> {
  const fields = { text: words };
  const press = (label: string, card = chat.card().cards[0]) =>
    card === undefined || !JSON.stringify(card).includes(`"title":"${label}"`)
      ? Promise.resolve(chat.card())
      : chat.press(label, { card, fields });
  const toTheQuestion = async () => {
    await press('Answer');
    return press('Answer');
  };
  switch (what) {
    case 'look':
    case 'change':
      return JSON.stringify(await chat.look());
    case 'answer':
      return JSON.stringify(await press('Answer'));
    case 'send':
      await toTheQuestion();
      return JSON.stringify(await press('Send'));
    case 'send-on-another': {
      // The question as it stands in somebody else's view, without what they have answered.
      const card = other?.card().cards[0];
      return JSON.stringify(await press('Send', card));
    }
    case 'start':
      return JSON.stringify(await chat.say('start park'));
  }
}
