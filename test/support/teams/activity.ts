/** What Teams brings to the bot, written out: for what no person's hands would send. */
import type { TeamsPerson } from './person.ts';
import { BOT, type StandInTeams, TENANT } from './stand-in.ts';

/** From a chat of somebody's own; `more` changes it. */
export function activityIn({ serviceUrl }: StandInTeams, more: object = {}): object {
  return {
    id: '1700000000001',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:1amal', aadObjectId: '00000000-1111-4222-8333-444444444444' },
    recipient: { id: BOT },
    conversation: { id: 'a:one', conversationType: 'personal', tenantId: TENANT },
    ...more,
  };
}

export function messageIn(teams: StandInTeams, more: object = {}): object {
  return activityIn(teams, { type: 'message', text: 'hello', ...more });
}

/** Who an activity is from, as Teams names them. */
export function sender({ userId, address }: TeamsPerson) {
  return { id: userId, aadObjectId: address.split('/')[1] };
}
