/** What comes twice, late, broken, from nobody or from somebody else: each a clear end. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { customId, readCustomId } from '../../../adapters/discord/custom-id.ts';
import { asking, reply, statement } from '../../support/prompts.ts';
import { botForEachTest } from './bot-for-each-test.ts';
import { OTHER, PERSON } from './start-bot.ts';

const here = botForEachTest();
const { receive, lastInbound, inServer, direct, seenBy } = here;

const QUESTION = asking(
  { kind: 'one', layout: 'list', options: [{ id: 'ramp', label: 'Skate ramp' }] },
  { keys: [] },
);

test('a click from last week is passed on with its own step and revision', async () => {
  receive.mockResolvedValue(reply(QUESTION));
  const person = direct();
  await person.say('park');
  await person.say('ramp');
  const [old] = person.sees();
  receive.mockResolvedValue(reply(statement('That one is already behind us.')));
  const interaction = here.bot.standIn.interact({
    userId: PERSON,
    type: 3,
    data: { component_type: 2, custom_id: 'h:o:first:3:ramp' },
    ...(old === undefined ? {} : { pressed: old }),
  });
  await here.bot.standIn.until('an answer', () => interaction.answered || person.sees().length > 2);
  expect(lastInbound()?.event).toMatchObject({ kind: 'choice', revision: 3 });
});

test.each(['h:o:first:x:ramp', 'h:zz', 'other-bot', 'h:o:first:3:ramp:more', 'h:k:launch', ''])(
  'the button "%s" is none of ours: answered kindly, never applied',
  async (custom_id) => {
    const interaction = here.bot.standIn.interact({
      userId: PERSON,
      type: 3,
      data: { component_type: 2, custom_id },
      guildId: here.bot.standIn.guildId,
    });
    await here.bot.standIn.until('an answer', () => interaction.answered);
    expect(interaction.callback?.data['content']).toContain('that button does not work any more');
    expect(receive).not.toHaveBeenCalled();
  },
);

test('a click on someone else’s private message counts for who clicked, and overwrites nothing', async () => {
  receive.mockResolvedValue(reply(QUESTION));
  const owner = inServer();
  await owner.slash('have-your-say', { consultation: 'PARK' });
  const [theirs] = owner.sees();
  receive.mockResolvedValue(reply(statement('Nothing is waiting for you.')));
  const interaction = here.bot.standIn.interact({
    userId: OTHER,
    type: 3,
    data: { component_type: 2, custom_id: 'h:o:first:3:ramp' },
    guildId: here.bot.standIn.guildId,
    ...(theirs === undefined ? {} : { pressed: theirs }),
  });
  await here.bot.standIn.until('an answer', () => interaction.answered);
  expect(lastInbound()?.address).toBe(OTHER);
  expect(seenBy(PERSON)).toEqual(['What should we build first?']);
  expect(seenBy(OTHER)).toEqual(['Nothing is waiting for you.']);
});

describe('when the program could not keep it', () => {
  beforeEach(() => {
    receive.mockRejectedValue(new Error(`canary ${PERSON}`));
  });

  test('a press is told so, and the question stays to be pressed again', async () => {
    receive.mockResolvedValueOnce(reply(QUESTION));
    const person = inServer();
    await person.slash('have-your-say', { consultation: 'PARK' });
    const shown = await person.press('Skate ramp');
    expect(shown.text).toContain('Please try that again');
    receive.mockResolvedValue(reply(statement('Skate ramp, got it.')));
    expect((await person.press('Skate ramp')).text).toContain('got it');
    expect(here.bot.logged.join('\n')).not.toMatch(/canary|1000000000/);
  });

  test('what was written into a form is given back', async () => {
    receive.mockResolvedValueOnce(reply({ ...QUESTION, input: { kind: 'text', maxLength: 300 } }));
    const person = inServer();
    await person.slash('have-your-say', { consultation: 'PARK' });
    await person.press('Write your answer');
    expect((await person.submitModal('long and careful')).text).toContain('long and careful');
    expect(here.bot.logged.join('\n')).not.toContain('long and careful');
  });
});

test('a reply that Discord would not take is reported as not handed over', async () => {
  const handedOver = vi.fn<() => void>();
  const notHandedOver = vi.fn<() => void>();
  receive.mockResolvedValue({ kind: 'reply', prompts: [QUESTION], handedOver, notHandedOver });
  here.bot.standIn.fail('PATCH', /@original/, {
    status: 404,
    body: { code: 10015, message: 'Unknown' },
  });
  here.bot.standIn.interact({ userId: PERSON, type: 2, data: { name: 'check' } });
  await vi.waitFor(() => expect(notHandedOver).toHaveBeenCalledTimes(1));
  expect(handedOver).not.toHaveBeenCalled();
});

test('a reply that broke on its way is shown all the same', async () => {
  here.bot.standIn.fail('PATCH', /@original/, { status: 502 });
  expect((await inServer().slash('check')).text).toBe('Thanks.');
});

test('bots, webhooks, joins and edits pass by unread; a picture alone gets one kind sentence', async () => {
  const { standIn } = here.bot;
  const more = [
    { author: { id: OTHER, bot: true } },
    { webhook_id: '200000000000000001' },
    { guild_id: standIn.guildId },
    { type: 7 },
  ];
  for (const one of more) standIn.writeTo({ userId: PERSON, text: 'park', more: one });
  standIn.gateway.dispatch('MESSAGE_UPDATE', { id: '1', content: 'edited' });
  standIn.gateway.dispatch('MESSAGE_DELETE', { id: '1', channel_id: '2' });
  const shown = await direct().say('');
  expect(shown.text).toContain("we can't see pictures");
  expect(shown.messages).toHaveLength(1);
  expect(receive).not.toHaveBeenCalled();
});

test('2,001 characters and more come in whole, up to what anybody could mean', async () => {
  await direct().say('x'.repeat(4_000));
  expect(receive.mock.calls[0]?.[0].event).toMatchObject({ text: 'x'.repeat(4_000) });
});

test('events that cannot be read end nothing', async () => {
  const { gateway } = here.bot.standIn;
  for (const data of [null, {}, [], { id: 'x' }, { id: '1', type: 3, token: 't', data: {} }])
    for (const name of ['GUILD_DELETE', 'INTERACTION_CREATE', 'MESSAGE_CREATE', 'UNHEARD_OF'])
      gateway.dispatch(name, data);
  expect((await inServer().slash('check')).text).toBe('Thanks.');
  expect(here.bot.logged.join('\n')).not.toMatch(/could not be handled|connection broke/);
});

test('ids of the longest names fit, and come back as they were', () => {
  const step = 's'.repeat(40);
  const longest = customId({ kind: 'option', step, revision: 99_999_999, option: 'o'.repeat(40) });
  expect(longest.length).toBeLessThanOrEqual(100);
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/),
      fc.nat(999_999),
      fc.uniqueArray(fc.nat(49), { maxLength: 20 }),
      (id, revision, picked) => {
        for (const pressed of [
          { kind: 'option', step: id, revision, option: id },
          { kind: 'list', step: id, revision, page: 3 },
          { kind: 'written', step: id, revision },
          { kind: 'write', step: id, revision, form: 'number', longest: 20 },
          { kind: 'rank', step: id, revision, language: 'en-easy', max: 20, page: 1, picked },
          { kind: 'key', command: 'skip', target: { step: id, revision } },
        ] as const) {
          expect(customId(pressed).length).toBeLessThanOrEqual(100);
          expect(readCustomId(customId(pressed))).toEqual(pressed);
        }
      },
    ),
  );
  fc.assert(fc.property(fc.string(), (id) => void readCustomId(id)));
});
