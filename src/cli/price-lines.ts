/** The price of a broadcast, as an officer reads it before it goes. */
import type { LanguagePrice, LeftOut, Price } from '../conversation/price.ts';
import { type Fitting, roomOf, type Spending } from '../conversation/spending.ts';
import type { World } from '../conversation/world.ts';
import { leftOfTrialDay } from '../delivery/trial-day.ts';

export function priceJson(price: Price, partPence: number | undefined): object {
  const { people, inApps, parts, languages, leftOut } = price;
  return {
    people,
    inApps,
    parts,
    pounds: partPence === undefined ? null : poundsOf(parts, partPence),
    languages: languages.map((one) => ({
      ...one,
      pounds: partPence === undefined ? null : poundsOf(one.total, partPence),
    })),
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
    ...price.languages.map((one) => languageLine(one, partPence)),
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

function languageLine(
  { language, people, parts, total, dear }: LanguagePrice,
  partPence: number | undefined,
): string {
  const shown = dear.slice(0, MOST_SHOWN).map(visible).join(' ');
  const because =
    dear.length === 0 ? '' : `; made dearer by ${shown}${dear.length > MOST_SHOWN ? ' ...' : ''}`;
  const all = partPence === undefined ? counted(total, 'part', 'parts') : pounds(total, partPence);
  return `  ${language}: ${counted(people, 'person', 'people')}, ${counted(parts, 'part', 'parts')} each at the longest, ${all} in all${because}`;
}

const MOST_SHOWN = 12;

/** A space that is none, and the like, by its number. */
function visible(character: string): string {
  return /^[\s\p{C}]+$/u.test(character)
    ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : character;
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

/** Why invitations do not fit beside the money for telling everyone what happened. */
export function tooDearLines(
  { cost: asked, now }: Extract<Fitting, { kind: 'too-dear' }>,
  partPence: number,
): readonly string[] {
  const costs = [
    `These invitations cost ${pounds(asked.parts, partPence)}`,
    ...(asked.reminders > 0
      ? [`reminding those who stay silent up to ${pounds(asked.reminders, partPence)}`]
      : []),
    `telling these people what happened up to ${pounds(asked.reserve, partPence)}`,
  ];
  const room = pounds(Math.max(0, roomOf(now)), partPence);
  return [
    `${costs.slice(0, -1).join(', ')} and ${costs.at(-1)}; under the ceiling there is room for ${room}.`,
    ...spendingLines(now, partPence),
    'Invite fewer people, or raise HEARD_SPEND_CEILING_POUNDS.',
  ];
}

export function spendingJson(now: Spending, partPence: number): object {
  return {
    ceiling: poundsOf(now.ceiling, partPence),
    spent: poundsOf(now.spent, partPence),
    planned: poundsOf(now.planned, partPence),
    reminders: poundsOf(now.reminders, partPence),
    reserved: poundsOf(now.reserved, partPence),
  };
}

export function spendingLines(now: Spending, partPence: number): readonly string[] {
  const { spent, planned, reminders, reserved, ceiling } = now;
  return [
    `Spending since April: ${pounds(spent, partPence)} of ${pounds(ceiling, partPence)}; ${pounds(planned, partPence)} is planned, ${pounds(reminders, partPence)} may go on reminders and ${pounds(reserved, partPence)} is kept back for feedback.`,
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
