/** What inviting one person costs, in each wording: now, and what it may lead to. */
import { countByWording } from '../delivery/recipients.ts';
import type { Flow } from '../flow/flow.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { InvitationText } from './invitation-text.ts';
import { reminderText } from './reminder-text.ts';
import { smsCost } from './sms-cost.ts';
import type { FirstCost } from './spending.ts';
import { feedbackReserve } from './still-owed.ts';
import type { World } from './world.ts';

export function invitationCosts(
  world: World,
  flow: Flow,
  texts: readonly InvitationText[],
): ReadonlyMap<string, FirstCost & InvitationText> {
  return new Map(
    texts.map((text) => {
      const { wording, language, prompts } = text;
      const reminds = flow.reminderAfterMs !== undefined;
      const cost: FirstCost = {
        parts: smsCost(world, prompts),
        reminders: reminds ? smsCost(world, reminderText(world, flow, language)) : 0,
        reserve: feedbackReserve(world, language),
      };
      return [wording, { ...text, ...cost }];
    }),
  );
}

/**
 * Of those on `pg_temp.recipient`. In trial mode next to nobody of them is written to: what that
 * costs was asked with the price.
 */
export async function costOfList(
  world: World,
  tx: Queryable,
  flow: Flow,
  texts: readonly InvitationText[],
): Promise<FirstCost> {
  const sum = { parts: 0, reminders: 0, reserve: 0 };
  if (world.sending.guestsOnly.has('sms')) return sum;
  const costs = invitationCosts(world, flow, texts);
  for (const { wording, people, reachable } of await countByWording(tx)) {
    const cost = costs.get(wording);
    if (!reachable || !cost) continue;
    sum.parts += people * cost.parts;
    sum.reminders += people * cost.reminders;
    sum.reserve += people * cost.reserve;
  }
  return sum;
}
