/** The cards of a person's own chat: how each kind of question looks, and what a tap on it says. */
import { describe, expect, test, vi } from 'vitest';
import { activityIn, sender } from '../../support/teams/activity.ts';
import { ONE, OPTIONS, ownChatForEachTest, question, thanks } from './own-chat-for-each-test.ts';

const here = ownChatForEachTest();
const { receive, current, lastInbound, replying } = here;

describe('tapping', () => {
  test('the tapped card becomes the next question', async () => {
    replying(ONE);
    const asked = await here.amal.say('go');
    expect(asked.buttons).toEqual(['Skate ramp', 'Path lights', 'Goals', 'Skip', 'Back']);
    expect(asked.text).not.toContain('Type 1, 2 or 3.');
    const { handedOver } = replying(question({ kind: 'text', maxLength: 300 }, { text: 'Why?' }));
    const next = await here.amal.press('Path lights');
    expect(lastInbound()?.event).toEqual({
      kind: 'choice',
      step: 'first',
      revision: 7,
      options: ['lights'],
    });
    expect(lastInbound()?.reference).toBeDefined();
    expect(next.text).toContain('Why?');
    expect(here.amal.chat().text).not.toContain('What should we build');
    await vi.waitFor(() => expect(handedOver).toHaveBeenCalledTimes(1));
  });

  test('a click from last week carries the step and revision it was offered with', async () => {
    replying(ONE);
    const old = (await here.amal.say('go')).cards[0];
    replying(
      question(
        { kind: 'one', options: OPTIONS, layout: 'row' },
        { target: { step: 'x', revision: 9 } },
      ),
    );
    await here.amal.press('Goals');
    replying(thanks);
    await here.amal.press('Skate ramp', { card: old });
    expect(lastInbound()?.event).toMatchObject({ step: 'first', revision: 7, options: ['ramp'] });
  });

  test('what is written into an old form says which question it was for', async () => {
    replying(question({ kind: 'text', maxLength: 300 }));
    await here.amal.say('go');
    await here.amal.press('Send', { fields: { text: 'More\u200b bins' } });
    expect(lastInbound()?.event).toEqual({
      kind: 'text',
      text: 'More bins',
      target: { step: 'first', revision: 7 },
    });
  });

  test('a number', async () => {
    replying(question({ kind: 'number', min: 1, max: 99 }));
    await here.amal.say('go');
    await here.amal.press('Send', { fields: { number: 14 } });
    expect(lastInbound()?.event).toMatchObject({ kind: 'text', text: '14' });
  });

  test('several, and none', async () => {
    replying(question({ kind: 'many', options: OPTIONS, max: 2, ordered: false }));
    const asked = await here.amal.say('go');
    expect(asked.choices).toEqual(['Skate ramp', 'Path lights', 'Goals']);
    await here.amal.press('Send', { fields: { answer: 'ramp,goals' } });
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['ramp', 'goals'] });
    replying(question({ kind: 'many', options: OPTIONS, max: 2, ordered: false }));
    await here.amal.press('Send');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: [] });
  });

  test('a ranking, in the order of its places and nothing twice', async () => {
    replying(question({ kind: 'many', options: OPTIONS, max: 3, ordered: true }));
    await here.amal.say('go');
    await here.amal.press('Send', { fields: { rank3: 'ramp', rank1: 'goals', rank2: 'goals' } });
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['goals', 'ramp'] });
  });

  test('a command beside a question carries what it stood beside', async () => {
    replying(ONE);
    await here.amal.say('go');
    await here.amal.press('Skip');
    expect(lastInbound()?.event).toEqual({
      kind: 'command',
      command: 'skip',
      target: { step: 'first', revision: 7 },
    });
  });

  test('a long list is a list, whole, and long labels are not cut', async () => {
    const places = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, label: `Place ${i}` }));
    replying(question({ kind: 'one', options: places, layout: 'list' }));
    const shown = await here.amal.say('go');
    expect(shown.choices).toHaveLength(40);
    await here.amal.press('Place 39');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['p39'] });
    const wordy = [{ id: 'a', label: 'A very long thing to say '.repeat(6).trim() }, ...OPTIONS];
    replying(question({ kind: 'one', options: wordy, layout: 'list' }));
    expect((await here.amal.say('go')).choices).toContain(wordy[0]?.label);
  });

  test('a card that Teams would not take is said in words', async () => {
    const huge = Array.from({ length: 400 }, (_, i) => ({
      id: `p${i}`,
      label: `Place ${i} `.repeat(8),
    }));
    replying(question({ kind: 'one', options: huge, layout: 'list' }));
    const { status, text, choices } = await here.amal.say('go');
    expect(status).toBe(200);
    expect(choices).toEqual([]);
    expect(text).toContain('What should we build first?');
    expect(text).toContain('Place 39 Place 39');
  });

  test('a scale is a row of buttons with its ends', async () => {
    const scale = Array.from({ length: 10 }, (_, i) => ({ id: `${i + 1}`, label: `${i + 1}` }));
    const ends = { low: 'not safe', high: 'very safe' };
    replying(question({ kind: 'one', options: scale, layout: 'row', ends }));
    const { buttons, text } = await here.amal.say('go');
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
    replying(question({ kind: 'one', options: spelt, layout: 'row' }, { keys }));
    const { text } = await here.amal.say('go');
    expect(text).toContain('[very sad]\n[sad]\n[in between]\n[happy]');
    expect(text).toContain('[Skip] [Back]\n[Easy words] [Help]');
  });

  test('several, and an order, say how many', async () => {
    replying(question({ kind: 'many', options: OPTIONS, max: 2, ordered: false }));
    expect((await here.amal.say('go')).text).toContain('Choose up to 2.');
    replying(question({ kind: 'many', options: OPTIONS, max: 3, ordered: true }));
    expect((await here.amal.say('go')).text).toContain('Put your top 3 in order.');
  });

  test('Urdu runs from right to left and is named to whatever reads it out', async () => {
    replying({ ...ONE, language: 'ur' });
    const [card] = (await here.amal.say('go')).cards;
    expect(card).toMatchObject({ lang: 'ur', rtl: true });
    replying({ ...ONE, language: 'en-easy' });
    expect((await here.amal.say('go')).cards[0]).toMatchObject({ lang: 'en' });
  });

  test('markdown and mentions in words stay words', async () => {
    replying(question({ kind: 'none' }, { text: '**bold** <at>Ben</at> ![x](http://y/z.png)' }));
    const { cards } = await here.amal.say('go');
    expect(JSON.stringify(cards)).not.toContain('"TextBlock"');
    expect(cards[0]?.body[0]).toMatchObject({
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: '**bold** <at>Ben</at> ![x](http://y/z.png)' }],
    });
  });

  test('the same tap again shows where the conversation stands', async () => {
    replying(ONE);
    await here.amal.say('go');
    receive.mockResolvedValue({ kind: 'silence' });
    current.mockResolvedValue({
      keyword: 'PARK',
      prompts: [thanks],
      ended: true,
      language: 'en',
    });
    expect((await here.amal.press('Goals', { id: 'f:same' })).text).toBe('Thanks!');
  });

  test('two taps are two messages, and one brought twice is one', async () => {
    replying(ONE);
    const { cards } = await here.amal.say('go');
    for (const id of ['f:1', 'f:1', 'f:2']) await here.amal.press('Goals', { card: cards[0], id });
    const [first, again, other] = receive.mock.calls.slice(1).map(([{ messageId }]) => messageId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('a Teams too old for the buttons sends the same as a message', async () => {
    await here.bot.teams.deliver(
      activityIn(here.bot.teams, {
        type: 'message',
        from: sender(here.amal),
        value: { do: 'choose', step: 'first', revision: 7, option: 'goals' },
      }),
    );
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['goals'] });
  });
});
