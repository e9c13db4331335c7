/**
 * What inviting the people of an audience file will cost and whom it leaves out. It only looks:
 * nothing is written, and nobody becomes a person by being counted.
 */
import { type Consultation, consultationsOfFlow } from '../consultation/consultations.ts';
import type { Invitee, Invitees } from '../consultation/invitee-list.ts';
import { measureOf } from '../delivery/contact-cap.ts';
import { reachedLongAgo, type SameWords, sameWords, whoHad } from '../delivery/same-words.ts';
import type { Flow } from '../flow/flow.ts';
import { circlesOf } from './circle.ts';
import { invitationCosts } from './invitation-cost.ts';
import { invitationTexts, wordingOf, wordsOfInvitations } from './invitation-text.ts';
import { type LeftOut, type Price, priceAdder } from './price.ts';
import type { FirstCost } from './spending.ts';
import type { World } from './world.ts';

const AT_ONCE = 5_000;

export interface InvitationPrice extends Price, FirstCost {
  /** Why it would be refused: these invitations were sent before. */
  readonly again?: string;
}

export async function priceOfInvitations(
  world: World,
  flow: Flow,
  invitees: Invitees,
): Promise<InvitationPrice> {
  const texts = invitationTexts(world, flow, invitees);
  const costs = invitationCosts(world, flow, texts);
  const before = await consultationsOfFlow(world.pool, flow.id);
  const same = await sameWords(world.pool, wordsOfInvitations(texts));
  const sum = priceAdder();
  let [reminders, reserve] = [0, 0];
  for (let from = 0; from < invitees.length; from += AT_ONCE) {
    const slice = invitees.slice(from, from + AT_ONCE);
    const reasons = await reasonsAgainst(world, flow, slice, { same, before });
    for (const [at, invitee] of slice.entries()) {
      const reason = reasons[at];
      const cost = costs.get(wordingOf(invitee, flow));
      if (reason !== undefined || cost === undefined) {
        sum.leaveOut(reason ?? 'opted-out', 1);
        continue;
      }
      sum.add({ ...cost, people: 1, messages: [cost.prompts] });
      reminders += cost.reminders;
      reserve += cost.reserve;
    }
  }
  const again = await invitedLongAgo(world, flow, before);
  return {
    ...sum.price(),
    reminders,
    reserve,
    ...(again && sum.price().people > 0 ? { again: WHO_IS_FORGOTTEN } : {}),
  };
}

const WHO_IS_FORGOTTEN =
  'People were invited to this version of the flow more than a week ago. Heard does not keep for longer who they were, so it cannot leave them out. Give the flow a new version number to invite people once more.';

async function invitedLongAgo(
  { pool }: World,
  { version }: Flow,
  before: readonly Consultation[],
): Promise<boolean> {
  const reached = await reachedLongAgo(pool, {
    class: 'invitation',
    consultationIds: before.filter((one) => one.version === version).map((one) => one.id),
  });
  return reached.size > 0;
}

async function reasonsAgainst(
  world: World,
  flow: Flow,
  slice: readonly Invitee[],
  { same, before }: { same: readonly SameWords[]; before: readonly Consultation[] },
): Promise<readonly (LeftOut | undefined)[]> {
  const { contactCap, guestsOnly } = world.sending;
  const known = await world.contacts.lookUpMany(
    world.pool,
    slice.map(({ address }) => ({ channel: 'sms', address })),
  );
  const people = known.flatMap((one) => one.person ?? []);
  const measure = await measureOf(world.pool, people, {
    cap: contactCap,
    linked: await circlesOf(world.pool, people),
  });
  const earlier = { class: 'invitation', consultationIds: before.map((one) => one.id) } as const;
  const hasHad = await whoHad(world.pool, same, earlier, people);
  return slice.map((invitee, at) => {
    const { person, stopped = false, isGuest = false } = known[at] ?? {};
    if (stopped) return 'opted-out';
    if (person !== undefined && measure.isFull(person)) return 'contact-cap';
    if (person !== undefined && hasHad(person, wordingOf(invitee, flow))) return 'same-words';
    return guestsOnly.has('sms') && !isGuest ? 'trial' : undefined;
  });
}
