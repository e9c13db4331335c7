/** What a person's own chat comes to when the program, Teams or its sign-in fails in the middle. */
import { describe, expect, test } from 'vitest';
import { ownChatForEachTest, question, thanks } from './own-chat-for-each-test.ts';

const here = ownChatForEachTest();
const { receive, lastInbound, replying } = here;

describe('when things break', () => {
  test('a tap that could not be stored can be tapped again, with what was written', async () => {
    replying(question({ kind: 'text', maxLength: 300 }));
    await here.amal.say('go');
    receive.mockRejectedValue(new Error('my-secret-answer'));
    const shown = await here.amal.press('Send', { fields: { text: 'my-secret-answer' } });
    expect(shown.text).toContain('Sorry, that did not get through.');
    expect(here.bot.log.join()).not.toContain('my-secret-answer');
    replying(thanks);
    expect((await here.amal.press('Try again')).text).toBe('Thanks!');
    expect(lastInbound()?.event).toMatchObject({ kind: 'text', text: 'my-secret-answer' });
  });

  test.each([429, 412])('a reply that met %i goes again after a while', async (status) => {
    const { handedOver, notHandedOver } = replying(thanks);
    here.bot.teams.connector.faults.push({ status }, { status, retryAfter: '1' });
    expect(await here.amal.say('go')).toMatchObject({ status: 200, text: 'Thanks!' });
    expect(handedOver).toHaveBeenCalledTimes(1);
    expect(notHandedOver).not.toHaveBeenCalled();
  });

  test('where there is no room for long, Teams is asked to come again, and the reply waits', async () => {
    const { handedOver, notHandedOver } = replying(thanks);
    here.bot.teams.connector.faults.push({ status: 429, retryAfter: '600' });
    expect((await here.amal.say('go')).status).toBe(503);
    expect(notHandedOver).toHaveBeenCalledTimes(1);
    expect(handedOver).not.toHaveBeenCalled();
  });

  test.each([502, 504, 500])(
    'a reply that met %i may be there, and is not said twice',
    async (status) => {
      const { handedOver } = replying(thanks);
      here.bot.teams.connector.faults.push({ status });
      expect((await here.amal.say('go')).status).toBe(200);
      expect(handedOver).toHaveBeenCalledTimes(1);
      expect(here.bot.teams.connector.calls).toHaveLength(1);
    },
  );

  test('an old token of ours is exchanged once', async () => {
    replying(thanks);
    await here.amal.say('go');
    here.bot.teams.issuer.revoke();
    expect(await here.amal.say('go')).toMatchObject({ status: 200, text: 'Thanks!' });
    expect(here.bot.teams.issuer.asked).toHaveLength(2);
    expect(Object.fromEntries(here.bot.teams.issuer.asked[0] ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'https://api.botframework.com/.default',
    });
  });

  test.each(['down', 'refused', 'garbage'] as const)(
    'without a token of ours (%s) Teams is asked to come again',
    async (login) => {
      const { notHandedOver } = replying(thanks);
      here.bot.teams.issuer.fault.login = login;
      expect((await here.amal.say('go')).status).toBe(503);
      expect(notHandedOver).toHaveBeenCalledTimes(1);
      expect(here.bot.teams.connector.calls).toEqual([]);
    },
  );
});
