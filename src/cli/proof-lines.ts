/**
 * The proof of retention as a data protection officer reads it: what goes after a time, what is kept
 * for good and why, and last what somebody must look at.
 */
import type { Kept } from '../platform/kept.ts';
import { table } from './output.ts';

export function proofLines(kept: readonly Kept[], today: string): readonly string[] {
  const goes = kept.filter(({ forGood }) => forGood !== true);
  const stays = kept.filter(({ forGood }) => forGood === true);
  const [header = '', ...rows] = table([
    ['Kept for a time', number('deleted'), number('left'), 'oldest', 'for how long'],
    ...goes.map((one) => cells(one, today)),
    ['Kept for good', '', number('kept'), 'oldest', 'why'],
    ...stays.map((one) => cells(one, today)),
  ]);
  const looks = kept.flatMap(({ store, alert }) => (alert ? [`LOOK: ${store}: ${alert}`] : []));
  return [
    `Retention on ${today}: what had outlived its time was deleted.`,
    '',
    header,
    ...rows.slice(0, goes.length),
    '',
    ...rows.slice(goes.length),
    '',
    ...(looks.length === 0 ? ['Nothing needs a look.'] : looks),
  ];
}

function cells({ store, rule, forGood, deleted, left, oldest }: Kept, today: string) {
  return [
    store,
    number(forGood ? '' : String(deleted)),
    number(String(left)),
    oldest === undefined ? '' : age(oldest, today),
    rule,
  ];
}

/** Under each other by their last digit. */
function number(text: string): string {
  return text.padStart(7);
}

function age(day: string, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  if (days <= 0) return 'today';
  return days === 1 ? '1 day' : `${days} days`;
}
