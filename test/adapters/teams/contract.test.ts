import { channelContract } from '../../support/channel-contract.ts';
import { teamsPerson } from '../../support/teams/person.ts';
import { startTeamsBot } from './teams-bot.ts';

channelContract('teams', async ({ receive, logged }) => {
  const bot = await startTeamsBot({ receive });
  const person = teamsPerson(bot.teams, 'amal');
  const flushed = <Value>(value: Value): Value => {
    for (const line of bot.log.splice(0)) logged(line);
    return value;
  };
  return {
    address: person.address,
    say: async (text, messageId) => {
      const { status, html } = await person.say(text, messageId ? { id: messageId } : {});
      return flushed({ status, shown: html });
    },
    sayTooMuch: async () => {
      const { status, html } = await person.say('x'.repeat(1024 * 1024));
      return flushed({ status, shown: html });
    },
    close: bot.close,
  };
});
