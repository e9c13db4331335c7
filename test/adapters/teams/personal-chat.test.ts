/** A person's own chat: what they type and tap, and what they are shown. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Inbound, Receipt, Receive } from '../../../src/channel.ts';
import type { Prompt, PromptInput } from '../../../src/flow/prompt.ts';
import type { ChatDesk } from '../../../src/shared-chat.ts';
import { type TeamsPerson, teamsPerson } from '../../support/teams/person.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { emptyDesk, startTeamsBot, type TeamsBot } from './teams-bot.ts';

const receive = vi.fn<Receive>();
const current = vi.fn<ChatDesk['current']>();
let bot: TeamsBot;
let amal: TeamsPerson;

beforeEach(async () => {
  receive.mockReset().mockResolvedValue({ kind: 'silence' });
  current.mockReset().mockResolvedValue(undefined);
  bot = await startTeamsBot({
    receive,
    desk: {
      ...emptyDesk,
      current,
      openConsultations: async () => [{ keyword: 'PARK', title: 'Chesham park', promise: '' }],
    },
  });
  amal = teamsPerson(bot.teams, 'amal');
});
afterEach(() => bot.close());

function asking(input: PromptInput, more: Partial<Prompt> = {}): Prompt {
  return {
    text: 'What should we build first?',
    hint: 'Type 1, 2 or 3.',
    input,
    keys: [
      { command: 'skip', label: 'Skip' },
      { command: 'back', label: 'Back' },
    ],
    target: { step: 'first', revision: 7 },
    language: 'en',
    ...more,
  };
}

const options = [
  { id: 'ramp', label: 'Skate ramp' },
  { id: 'lights', label: 'Path lights' },
  { id: 'goals', label: 'Goals' },
];
const one = asking({ kind: 'one', options, layout: 'list' });
const statement: Prompt = { text: 'Thanks!', input: { kind: 'none' }, keys: [], language: 'en' };

function replying(...prompts: readonly Prompt[]) {
  const handedOver = vi.fn<() => void>();
  const notHandedOver = vi.fn<() => void>();
  const receipt: Receipt = { kind: 'reply', prompts, handedOver, notHandedOver };
  receive.mockResolvedValue(receipt);
  return { handedOver, notHandedOver };
}

function lastInbound(): Inbound | undefined {
  return receive.mock.calls.at(-1)?.[0];
}

describe('typing', () => {
  test('the address is the person in their directory, and the reference leads back to the chat', async () => {
    await amal.say('park');
    expect(lastInbound()).toMatchObject({
      channel: 'teams',
      address: amal.address,
      event: { kind: 'text', text: 'park' },
    });
    expect(amal.address).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
    expect(JSON.parse(lastInbound()?.reference ?? '')).toEqual({
      channelId: 'msteams',
      serviceUrl: bot.teams.serviceUrl,
      conversation: {
        id: 'a:own-chat-of-amal',
        conversationType: 'personal',
        tenantId: TENANT,
      },
      bot: { id: BOT },
    });
    expect(lastInbound()?.within).toBeUndefined();
  });

  test('capital letters in ids make no second person', async () => {
    await bot.teams.deliver({
      type: 'message',
      id: '1',
      channelId: 'msteams',
      serviceUrl: bot.teams.serviceUrl,
      from: { id: '29:1x', aadObjectId: amal.address.split('/')[1]?.toUpperCase() },
      recipient: { id: BOT },
      conversation: { id: 'a:x', tenantId: TENANT.toUpperCase() },
      text: 'hi',
    });
    expect(lastInbound()?.address).toBe(amal.address);
  });

  test('the same id in two chats is two messages', async () => {
    await amal.say('1', { id: '1700' });
    await teamsPerson(bot.teams, 'ben').say('1', { id: '1700' });
    const [first, second] = receive.mock.calls.map(([{ messageId }]) => messageId);
    expect(first).not.toBe(second);
  });

  test('a statement is a text, shown as it is written', async () => {
    replying({ ...statement, text: 'Thanks! *You* are [great](http://x)' });
    const { text, cards } = await amal.say('go');
    expect(text).toBe('Thanks! *You* are [great](http://x)');
    expect(cards).toEqual([]);
  });

  test('the reply is in the chat before Teams hears that all is done', async () => {
    const { handedOver } = replying(statement);
    await amal.say('go');
    expect(handedOver).toHaveBeenCalledTimes(1);
    expect(amal.chat().text).toBe('Thanks!');
  });
});

describe('tapping', () => {
  test('the tapped card becomes the next question', async () => {
    replying(one);
    const asked = await amal.say('go');
    expect(asked.buttons).toEqual(['Skate ramp', 'Path lights', 'Goals', 'Skip', 'Back']);
    expect(asked.text).not.toContain('Type 1, 2 or 3.');
    const { handedOver } = replying(asking({ kind: 'text', maxLength: 300 }, { text: 'Why?' }));
    const next = await amal.press('Path lights');
    expect(lastInbound()?.event).toEqual({
      kind: 'choice',
      step: 'first',
      revision: 7,
      options: ['lights'],
    });
    expect(lastInbound()?.reference).toBeDefined();
    expect(next.text).toContain('Why?');
    expect(amal.chat().text).not.toContain('What should we build');
    await vi.waitFor(() => expect(handedOver).toHaveBeenCalledTimes(1));
  });

  test('a click from last week carries the step and revision it was offered with', async () => {
    replying(one);
    const old = (await amal.say('go')).cards[0];
    replying(
      asking({ kind: 'one', options, layout: 'row' }, { target: { step: 'x', revision: 9 } }),
    );
    await amal.press('Goals');
    replying(statement);
    await amal.press('Skate ramp', { card: old });
    expect(lastInbound()?.event).toMatchObject({ step: 'first', revision: 7, options: ['ramp'] });
  });

  test('what is written into an old form says which question it was for', async () => {
    replying(asking({ kind: 'text', maxLength: 300 }));
    await amal.say('go');
    await amal.press('Send', { fields: { text: 'More\u200b bins' } });
    expect(lastInbound()?.event).toEqual({
      kind: 'text',
      text: 'More bins',
      target: { step: 'first', revision: 7 },
    });
  });

  test('a number', async () => {
    replying(asking({ kind: 'number', min: 1, max: 99 }));
    await amal.say('go');
    await amal.press('Send', { fields: { number: 14 } });
    expect(lastInbound()?.event).toMatchObject({ kind: 'text', text: '14' });
  });

  test('several, and none', async () => {
    replying(asking({ kind: 'many', options, max: 2, ordered: false }));
    const asked = await amal.say('go');
    expect(asked.choices).toEqual(['Skate ramp', 'Path lights', 'Goals']);
    await amal.press('Send', { fields: { answer: 'ramp,goals' } });
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['ramp', 'goals'] });
    replying(asking({ kind: 'many', options, max: 2, ordered: false }));
    await amal.press('Send');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: [] });
  });

  test('a ranking, in the order of its places and nothing twice', async () => {
    replying(asking({ kind: 'many', options, max: 3, ordered: true }));
    await amal.say('go');
    await amal.press('Send', { fields: { rank3: 'ramp', rank1: 'goals', rank2: 'goals' } });
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['goals', 'ramp'] });
  });

  test('a command beside a question carries what it stood beside', async () => {
    replying(one);
    await amal.say('go');
    await amal.press('Skip');
    expect(lastInbound()?.event).toEqual({
      kind: 'command',
      command: 'skip',
      target: { step: 'first', revision: 7 },
    });
  });

  test('a long list is a list, whole, and long labels are not cut', async () => {
    const places = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, label: `Place ${i}` }));
    replying(asking({ kind: 'one', options: places, layout: 'list' }));
    const shown = await amal.say('go');
    expect(shown.choices).toHaveLength(40);
    await amal.press('Place 39');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['p39'] });
    const wordy = [{ id: 'a', label: 'A very long thing to say '.repeat(6).trim() }, ...options];
    replying(asking({ kind: 'one', options: wordy, layout: 'list' }));
    expect((await amal.say('go')).choices).toContain(wordy[0]?.label);
  });

  test('a card that Teams would not take is said in words', async () => {
    const huge = Array.from({ length: 400 }, (_, i) => ({
      id: `p${i}`,
      label: `Place ${i} `.repeat(8),
    }));
    replying(asking({ kind: 'one', options: huge, layout: 'list' }));
    const { status, text, choices } = await amal.say('go');
    expect(status).toBe(200);
    expect(choices).toEqual([]);
    expect(text).toContain('What should we build first?');
    expect(text).toContain('Place 39 Place 39');
  });

  test('a scale is a row of buttons with its ends', async () => {
    const scale = Array.from({ length: 10 }, (_, i) => ({ id: `${i + 1}`, label: `${i + 1}` }));
    const ends = { low: 'not safe', high: 'very safe' };
    replying(asking({ kind: 'one', options: scale, layout: 'row', ends }));
    const { buttons, text } = await amal.say('go');
    expect(buttons.slice(0, 10)).toEqual(scale.map(({ label }) => label));
    expect(text).toContain('1: not safe … 10: very safe');
  });

  test('what has no room side by side on a phone stands in rows, even ones, and is never cut', async () => {
    const keys = [
      { command: 'skip', label: 'Skip' },
      { command: 'back', label: 'Back' },
      { command: 'easy', label: 'Easy words' },
      { command: 'help', label: 'Help' },
    ] as const;
    const faces = ['very sad', 'sad', 'in between', 'happy'].map((label) => ({ id: label, label }));
    const spelt = faces.map((face) => ({ ...face, id: face.id.replace(' ', '-') }));
    replying(asking({ kind: 'one', options: spelt, layout: 'row' }, { keys }));
    const { text } = await amal.say('go');
    expect(text).toContain('[very sad]\n[sad]\n[in between]\n[happy]');
    expect(text).toContain('[Skip] [Back]\n[Easy words] [Help]');
  });

  test('several, and an order, say how many', async () => {
    replying(asking({ kind: 'many', options, max: 2, ordered: false }));
    expect((await amal.say('go')).text).toContain('Choose up to 2.');
    replying(asking({ kind: 'many', options, max: 3, ordered: true }));
    expect((await amal.say('go')).text).toContain('Put your top 3 in order.');
  });

  test('Urdu runs from right to left and is named to whatever reads it out', async () => {
    replying({ ...one, language: 'ur' });
    const [card] = (await amal.say('go')).cards;
    expect(card).toMatchObject({ lang: 'ur', rtl: true });
    replying({ ...one, language: 'en-easy' });
    expect((await amal.say('go')).cards[0]).toMatchObject({ lang: 'en' });
  });

  test('markdown and mentions in words stay words', async () => {
    replying(asking({ kind: 'none' }, { text: '**bold** <at>Ben</at> ![x](http://y/z.png)' }));
    const { cards } = await amal.say('go');
    expect(JSON.stringify(cards)).not.toContain('"TextBlock"');
    expect(cards[0]?.body[0]).toMatchObject({
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: '**bold** <at>Ben</at> ![x](http://y/z.png)' }],
    });
  });

  test('the same tap again shows where the conversation stands', async () => {
    replying(one);
    await amal.say('go');
    receive.mockResolvedValue({ kind: 'silence' });
    current.mockResolvedValue({
      keyword: 'PARK',
      prompts: [statement],
      ended: true,
      language: 'en',
    });
    expect((await amal.press('Goals', { id: 'f:same' })).text).toBe('Thanks!');
  });

  test('two taps are two messages, and one brought twice is one', async () => {
    replying(one);
    const { cards } = await amal.say('go');
    for (const id of ['f:1', 'f:1', 'f:2']) await amal.press('Goals', { card: cards[0], id });
    const [first, again, other] = receive.mock.calls.slice(1).map(([{ messageId }]) => messageId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('a Teams too old for the buttons sends the same as a message', async () => {
    await bot.teams.deliver({
      type: 'message',
      id: '17',
      channelId: 'msteams',
      serviceUrl: bot.teams.serviceUrl,
      from: { id: amal.userId, aadObjectId: amal.address.split('/')[1] },
      recipient: { id: BOT },
      conversation: { id: 'a:own-chat-of-amal', conversationType: 'personal', tenantId: TENANT },
      value: { do: 'choose', step: 'first', revision: 7, option: 'goals' },
    });
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['goals'] });
  });
});

describe('coming and going', () => {
  test('whoever adds the bot is told who helps, that IT may read along, and what is open', async () => {
    replying({ ...statement, text: 'No questions waiting.' });
    const { text, buttons } = await amal.install();
    expect(lastInbound()?.event).toEqual({ kind: 'command', command: 'help' });
    // Something is: it stands below.
    expect(text).not.toContain('No questions waiting.');
    expect(text).toContain('Hello from Bury Council.');
    expect(text).toContain('Childline 0800 1111');
    expect(text).toContain(
      "Your organisation's IT team may be able to see what you type in Teams.",
    );
    expect(buttons).toEqual(['Chesham park']);
    await amal.press('Chesham park');
    expect(lastInbound()?.event).toEqual({ kind: 'join', keyword: 'PARK', language: 'en' });
  });

  test('with nothing open, or a question waiting, that is what they are told', async () => {
    replying(one);
    expect((await amal.install()).text).toContain('What should we build first?');
    await bot.close();
    bot = await startTeamsBot({ receive });
    amal = teamsPerson(bot.teams, 'amal');
    replying({ ...statement, text: 'No questions waiting.' });
    const { text, buttons } = await amal.install();
    expect(text).toContain('No questions waiting.');
    expect(buttons).toEqual([]);
  });

  test('whoever removes it is not written to any more, and hears nothing', async () => {
    const { text } = await amal.uninstall();
    expect(lastInbound()?.event).toEqual({ kind: 'handled-by-provider', command: 'stop' });
    expect(text).toBe('');
  });
});

describe('when things break', () => {
  test('a tap that could not be stored can be tapped again, with what was written', async () => {
    replying(asking({ kind: 'text', maxLength: 300 }));
    await amal.say('go');
    receive.mockRejectedValue(new Error('my-secret-answer'));
    const shown = await amal.press('Send', { fields: { text: 'my-secret-answer' } });
    expect(shown.text).toContain('Sorry, that did not get through.');
    expect(bot.log.join()).not.toContain('my-secret-answer');
    replying(statement);
    expect((await amal.press('Try again')).text).toBe('Thanks!');
    expect(lastInbound()?.event).toMatchObject({ kind: 'text', text: 'my-secret-answer' });
  });

  test.each([429, 412])('a reply that met %i goes again after a while', async (status) => {
    const { handedOver, notHandedOver } = replying(statement);
    bot.teams.connector.faults.push({ status }, { status, retryAfter: '1' });
    expect(await amal.say('go')).toMatchObject({ status: 200, text: 'Thanks!' });
    expect(handedOver).toHaveBeenCalledTimes(1);
    expect(notHandedOver).not.toHaveBeenCalled();
  });

  test('where there is no room for long, Teams is asked to come again, and the reply waits', async () => {
    const { handedOver, notHandedOver } = replying(statement);
    bot.teams.connector.faults.push({ status: 429, retryAfter: '600' });
    expect((await amal.say('go')).status).toBe(503);
    expect(notHandedOver).toHaveBeenCalledTimes(1);
    expect(handedOver).not.toHaveBeenCalled();
  });

  test.each([502, 504, 500])(
    'a reply that met %i may be there, and is not said twice',
    async (status) => {
      const { handedOver } = replying(statement);
      bot.teams.connector.faults.push({ status });
      expect((await amal.say('go')).status).toBe(200);
      expect(handedOver).toHaveBeenCalledTimes(1);
      expect(bot.teams.connector.calls).toHaveLength(1);
    },
  );

  test('an old token of ours is exchanged once', async () => {
    replying(statement);
    await amal.say('go');
    bot.teams.issuer.revoke();
    expect(await amal.say('go')).toMatchObject({ status: 200, text: 'Thanks!' });
    expect(bot.teams.issuer.asked).toHaveLength(2);
    expect(Object.fromEntries(bot.teams.issuer.asked[0] ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'https://api.botframework.com/.default',
    });
  });

  test.each(['down', 'refused', 'garbage'] as const)(
    'without a token of ours (%s) Teams is asked to come again',
    async (login) => {
      const { notHandedOver } = replying(statement);
      bot.teams.issuer.fault.login = login;
      expect((await amal.say('go')).status).toBe(503);
      expect(notHandedOver).toHaveBeenCalledTimes(1);
      expect(bot.teams.connector.calls).toEqual([]);
    },
  );
});
