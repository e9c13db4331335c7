/** Somebody's own part: questions, buttons, lists and forms, in a server and in direct messages. */
import { describe, expect, test } from 'vitest';
import type { Prompt, PromptInput } from '../../../src/flow/prompt.ts';
import { asking, reply, statement } from '../../support/prompts.ts';
import { botForEachTest } from './bot-for-each-test.ts';
import { OTHER, PERSON } from './start-bot.ts';

const here = botForEachTest();
const { receive, lastInbound, inServer, direct, seenBy } = here;

const option = (id: string, label: string) => ({ id, label });
const ONE: PromptInput = {
  kind: 'one',
  layout: 'list',
  options: [option('ramp', 'Skate ramp'), option('lights', 'Path lights')],
};

describe('linking', () => {
  const asks: Prompt = {
    ...statement('Link this with your texts?'),
    keys: [{ command: 'go', label: 'Yes' }],
    target: { step: 'link', revision: 0 },
  };

  test('/link alone asks for a code, which only the person sees', async () => {
    receive.mockResolvedValue(reply(statement('Send LINK C7QM 4RTX there.')));
    await inServer().slash('link');
    expect(lastInbound()?.event).toEqual({ kind: 'command', command: 'link' });
    expect(seenBy(OTHER)).toEqual([]);
  });

  test('/link with a code, and the yes as a button', async () => {
    receive.mockResolvedValue(reply(asks));
    const person = inServer();
    await person.slash('link', { code: ' C7QM\u200b 4RTX ' });
    expect(lastInbound()?.event).toEqual({ kind: 'command', command: 'link', code: 'C7QM 4RTX' });
    receive.mockResolvedValue(reply(statement('Linked, thanks.')));
    const shown = await person.press('Yes');
    expect(lastInbound()?.event).toEqual({ kind: 'command', command: 'go', target: asks.target });
    expect(shown.text).toBe('Linked, thanks.');
    expect(person.sees()).toHaveLength(1);
  });

  test('/unlink', async () => {
    await direct().slash('unlink');
    expect(lastInbound()?.event).toEqual({ kind: 'command', command: 'unlink' });
  });
});

describe('in a server, in private', () => {
  test('joining: only the person sees the question, and the server is named', async () => {
    receive.mockResolvedValue(reply(asking(ONE)));
    const shown = await inServer().slash('have-your-say', { consultation: 'PARK' });
    expect(lastInbound()).toMatchObject({
      channel: 'discord',
      address: PERSON,
      event: { kind: 'join', keyword: 'PARK', language: 'en' },
      within: `chat:${here.bot.standIn.guildId}`,
    });
    expect(shown.text).toContain(
      'What should we build first?\nSkate ramp\nPath lights\nSkip\nStop',
    );
    expect(seenBy(OTHER)).toEqual([]);
  });

  test('a button carries its step, revision and option; the next question takes its place', async () => {
    const person = inServer();
    receive.mockResolvedValue(reply(asking(ONE)));
    await person.slash('have-your-say', { consultation: 'PARK' });
    receive.mockResolvedValue(reply(statement('Thanks, all done.')));
    const shown = await person.press('Path lights');
    expect(lastInbound()?.event).toEqual({
      kind: 'choice',
      step: 'first',
      revision: 3,
      options: ['lights'],
    });
    expect(shown.text).toBe('Thanks, all done.');
    expect(person.sees()).toHaveLength(1);
  });

  test('a small command carries the question that it stood beside', async () => {
    const person = inServer();
    receive.mockResolvedValue(reply(asking(ONE)));
    await person.slash('have-your-say', { consultation: 'PARK' });
    await person.press('Skip');
    expect(lastInbound()?.event).toEqual({
      kind: 'command',
      command: 'skip',
      target: { step: 'first', revision: 3 },
    });
  });

  test('words are written into a form that opens without asking the program', async () => {
    const person = inServer();
    receive.mockResolvedValue(reply(asking({ kind: 'text', maxLength: 500 })));
    await person.slash('have-your-say', { consultation: 'PARK' });
    const calls = receive.mock.calls.length;
    const opened = await person.press('Write your answer');
    expect(receive.mock.calls).toHaveLength(calls);
    expect(opened.modal).toMatchObject({ title: 'Write your answer', longest: 500 });
    expect(opened.text).toContain('What should we build first?');
    await person.submitModal('More be\u200bnches, and *shade*');
    expect(lastInbound()?.event).toEqual({
      kind: 'text',
      text: 'More benches, and *shade*',
      target: { step: 'first', revision: 3 },
    });
  });

  test('several are chosen from one list', async () => {
    const person = inServer();
    const options = [option('a', 'Goals'), option('b', 'Benches'), option('c', 'Trees')];
    receive.mockResolvedValue(reply(asking({ kind: 'many', options, max: 2, ordered: false })));
    await person.slash('have-your-say', { consultation: 'PARK' });
    await expect(async () => person.choose('Goals', 'Benches', 'Trees')).rejects.toThrow('So many');
    await person.choose('Goals', 'Trees');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['a', 'c'] });
  });

  test('several are chosen from two lists, and sent together', async () => {
    const person = inServer();
    const options = Array.from({ length: 30 }, (_, at) => option(`o${at}`, `Option ${at}`));
    receive.mockResolvedValue(reply(asking({ kind: 'many', options, max: 4, ordered: false })));
    await person.slash('have-your-say', { consultation: 'PARK' });
    const calls = receive.mock.calls.length;
    await person.choose('Option 28', 'Option 29');
    await person.choose('Option 3');
    expect(receive.mock.calls).toHaveLength(calls);
    await person.press('Done');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['o3', 'o28', 'o29'] });
  });

  test('places are given one after the other, and can be taken back', async () => {
    const person = inServer();
    const options = [option('a', 'Goals'), option('b', 'Benches'), option('c', 'Trees')];
    receive.mockResolvedValue(reply(asking({ kind: 'many', options, max: 3, ordered: true })));
    await person.slash('have-your-say', { consultation: 'PARK' });
    const calls = receive.mock.calls.length;
    expect((await person.choose('Trees')).text).toContain('Choose number 2 of 3');
    await person.choose('Goals');
    expect((await person.choose('Goals')).text).toContain('Choose number 2 of 3');
    const shown = await person.choose('Benches');
    expect(shown.text).toContain('Skip');
    expect(receive.mock.calls).toHaveLength(calls);
    await person.choose('Goals');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['c', 'b', 'a'] });
  });

  test('a long list is one that opens; one in a hundred more is typed', async () => {
    const person = inServer();
    const options = Array.from({ length: 60 }, (_, at) => option(`o${at}`, `Place ${at}`));
    receive.mockResolvedValue(reply(asking({ kind: 'one', layout: 'list', options })));
    await person.slash('have-your-say', { consultation: 'PARK' });
    await person.choose('Place 52');
    expect(lastInbound()?.event).toMatchObject({ kind: 'choice', options: ['o52'] });
    const more = Array.from({ length: 300 }, (_, at) => option(`o${at}`, `Place ${at}`));
    receive.mockResolvedValue(reply(asking({ kind: 'one', layout: 'list', options: more })));
    await person.slash('have-your-say', { consultation: 'PARK' });
    await person.press('Write your answer');
    await person.submitModal('Place 250');
    expect(lastInbound()?.event).toMatchObject({ kind: 'text', text: 'Place 250' });
  });
});

describe('in direct messages', () => {
  test('a text goes in, the reply comes with buttons; what was answered loses them', async () => {
    receive.mockResolvedValue(reply(asking(ONE)));
    const person = direct();
    const shown = await person.say('park');
    expect(lastInbound()).toMatchObject({ address: PERSON, event: { kind: 'text', text: 'park' } });
    expect(lastInbound()).not.toHaveProperty('within');
    expect(shown.text).toContain('Skate ramp');
    receive.mockResolvedValue(reply(asking(ONE, { text: 'And next?' })));
    await person.press('Skate ramp');
    const [question, next] = person.sees();
    expect(question?.components).toEqual([]);
    expect(next?.content).toBe('And next?');
  });
});
