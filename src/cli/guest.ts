/** `heard guest add NUMBER`: in trial mode Heard writes by itself only to guests. */
import { phoneNumber } from '../../adapters/sms/phone-number.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function guestAddCommand(typed: string): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    const number = phoneNumber(typed);
    if (number.kind === 'refused') {
      return {
        kind: 'refused',
        reasons: [`That is not a UK mobile number that Heard can text (${number.reason}).`],
      };
    }
    await world.contacts.addGuest(world.pool, 'sms', number.e164);
    return { kind: 'done', json: { added: true }, lines: ['Added to the guest list.'] };
  });
}
