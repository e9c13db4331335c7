/** The price of a broadcast, as an officer reads it before it goes. */
import type { LanguagePrice, LeftOut, Price } from '../conversation/price.ts';
import { roomOf, type Spending, spending } from '../conversation/spending.ts';
import type { World } from '../conversation/world.ts';
import { leftOfTrialDay } from '../delivery/trial-day.ts';

export function priceJson(price: Price, partPence: number | undefined): object {
  const { people, inApps, parts, languages, leftOut } = price;
  return {
    people,
    inApps,
    parts,
    pounds: partPence === undefined ? null : poundsOf(parts, partPence),
    languages,
    leftOut,
  };
}

export async function priceLines(
  world: World,
  price: Price,
  what: string,
): Promise<readonly string[]> {
  const { partPence, guestsOnly, contactCap } = world.sending;
  const isTrial = guestsOnly.size > 0;
  const left = isTrial ? await leftOfTrialDay(world.pool, world.installation.timeZone) : 0;
  return [
    `${what}: ${counted(price.people, 'person', 'people')}, ${counted(price.parts, 'part', 'parts')} of text messages${cost(price.parts, partPence)}.`,
    ...(price.inApps > 0
      ? [`  ${counted(price.inApps, 'of them is', 'of them are')} written to in an app, at no cost`]
      : []),
    ...price.languages.map(languageLine),
    ...leftOutLines(price.leftOut, contactCap),
    ...(isTrial
      ? [
          `Trial mode: only the guest list is written to ("heard guest add"), and ${left} more messages go today.`,
        ]
      : []),
  ];
}

function cost(parts: number, partPence: number | undefined): string {
  return partPence === undefined
    ? ' (set HEARD_SMS_PART_PENCE to see what that costs)'
    : `, ${pounds(parts, partPence)} at ${partPence}p a part`;
}

function languageLine({ language, people, parts, dear }: LanguagePrice): string {
  const shown = dear.slice(0, 12).join(' ');
  const because =
    dear.length === 0 ? '' : `; made dearer by ${shown}${dear.length > 12 ? ' ...' : ''}`;
  return `  ${language}: ${counted(people, 'person', 'people')}, ${counted(parts, 'part', 'parts')} each at the longest${because}`;
}

function leftOutLines(leftOut: Price['leftOut'], cap: number): readonly string[] {
  const words: Readonly<Record<LeftOut, string>> = {
    'opted-out': 'because they opted out',
    'contact-cap': `because they had ${cap} invitations or reminders in thirty days`,
    'same-words': 'because they have had these words, or are about to',
    trial: 'because they are not on the guest list',
    web: 'because they read it on the web page',
  };
  const order: readonly LeftOut[] = ['opted-out', 'contact-cap', 'same-words', 'trial', 'web'];
  return order.flatMap((reason) => {
    const count = leftOut[reason] ?? 0;
    return count === 0 ? [] : [`  ${count} left out ${words[reason]}`];
  });
}

export type Affordable =
  | { readonly kind: 'affordable' }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** New invitations stop first: they must leave the money for telling everyone what happened. */
export async function mayInvite(world: World, price: Price): Promise<Affordable> {
  const { partPence } = world.sending;
  const now = await spending(world);
  if (now === undefined || partPence === undefined) return { kind: 'affordable' };
  const room = roomOf(now);
  if (price.parts + price.reserve <= room) return { kind: 'affordable' };
  return {
    kind: 'refused',
    reasons: [
      `These invitations cost ${pounds(price.parts, partPence)}, and telling these people what happened up to ${pounds(price.reserve, partPence)}; under the ceiling there is room for ${pounds(Math.max(0, room), partPence)}.`,
      ...spendingLines(now, partPence),
      'Invite fewer people, or raise HEARD_SPEND_CEILING_POUNDS.',
    ],
  };
}

export function spendingJson(now: Spending, partPence: number): object {
  return {
    ceiling: poundsOf(now.ceiling, partPence),
    spent: poundsOf(now.spent, partPence),
    planned: poundsOf(now.planned, partPence),
    reserved: poundsOf(now.reserved, partPence),
  };
}

export function spendingLines(now: Spending, partPence: number): readonly string[] {
  const { spent, planned, reserved, ceiling } = now;
  return [
    `Spending since April: ${pounds(spent, partPence)} of ${pounds(ceiling, partPence)}; ${pounds(planned, partPence)} is planned and ${pounds(reserved, partPence)} is kept back for feedback.`,
  ];
}

function poundsOf(parts: number, partPence: number): number {
  return Math.round(parts * partPence) / 100;
}

function pounds(parts: number, partPence: number): string {
  return poundsOf(parts, partPence).toLocaleString('en-GB', { style: 'currency', currency: 'GBP' });
}

function counted(count: number, one: string, more: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;
}
