/**
 * What telling everyone who took part will cost and whom it leaves out. It only looks: the list is a
 * temporary table, and nothing else is written.
 */
import type { Consultation } from '../consultation/consultations.ts';
import { reachablePages, withRecipients } from '../delivery/recipients.ts';
import type { Localised } from '../flow/values.ts';
import type { ChatToTell } from '../groups/tell-chats.ts';
import type { Queryable } from '../platform/postgres.ts';
import { feedbackWording, listHearers } from './hearers.ts';
import { type Price, priceAdder } from './price.ts';
import { smsCost } from './sms-cost.ts';
import { feedbackPrompts } from './tell-participants.ts';
import type { World } from './world.ts';

const AT_ONCE = 5_000;

export interface FeedbackPrice extends Price {
  /** One post each, at no cost. */
  readonly chats: readonly ChatToTell[];
  /** Why it would be refused: these words were sent before. */
  readonly again?: string;
}

export function priceOfFeedback(
  world: World,
  { id }: Consultation,
  texts: Localised,
): Promise<FeedbackPrice> {
  const { guestsOnly } = world.sending;
  return withRecipients(world.pool, (session) =>
    session.transaction(async (tx) => {
      const { groups, chats, again } = await listHearers(world, tx, id, texts);
      const guests = guestsOnly.size > 0 ? await countGuests(world, tx) : undefined;
      const sum = priceAdder();
      for (const { channel, language, people, had, unreachable } of groups) {
        const mayGo = guestsOnly.has(channel)
          ? guests?.get(feedbackWording(channel, language))
          : people;
        const going = mayGo ?? 0;
        sum.leaveOut(channel === 'web' ? 'web' : 'opted-out', unreachable);
        sum.leaveOut('same-words', had);
        sum.leaveOut('trial', people - going);
        if (channel !== 'sms') {
          sum.addInApps(going);
          continue;
        }
        const prompts = feedbackPrompts(world, texts, { channel, language });
        const messages = prompts.map((prompt) => [prompt]);
        const parts = messages.reduce((cost, message) => cost + smsCost(world, message), 0);
        sum.add({ language, people: going, parts, messages });
      }
      return { ...sum.price(), chats, ...(again === undefined ? {} : { again }) };
    }),
  );
}

/** By wording. In trial mode there are few. */
async function countGuests(world: World, tx: Queryable): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const page of reachablePages(tx, AT_ONCE)) {
    const guests = await world.contacts.guestsAmong(
      tx,
      page.map((one) => one.personId),
    );
    for (const { personId, wording } of page) {
      if (guests.has(personId)) counts.set(wording, (counts.get(wording) ?? 0) + 1);
    }
  }
  return counts;
}
