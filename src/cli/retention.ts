/** `heard retention`: deletes what has outlived its time now, and prints the proof. */
import { retain } from '../app/retention.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Kept } from '../platform/kept.ts';
import { type CommandResult, table } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function retentionCommand(): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    const today = isoDay(heard.world.ambient.now());
    const { kept, failed } = await retain(heard);
    const json = { on: today, failed, stores: kept };
    const lines = table(kept.map((one) => cells(one, today)));
    if (failed === 0) return { kind: 'done', json, lines };
    const reason = `${failed} of the rules failed: the log says why.`;
    return { kind: 'refused', json, reasons: [reason], notes: lines };
  });
}

function cells({ store, rule, deleted, left, oldest, alert }: Kept, today: string) {
  return [
    `${store}:`,
    `${rule};`,
    `${deleted} deleted,`,
    `${left} left${oldest === undefined ? '' : `, the oldest ${age(oldest, today)}`}`,
    ...(alert === undefined ? [] : [`LOOK: ${alert}`]),
  ];
}

function age(day: string, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  if (days <= 0) return 'from today';
  return days === 1 ? '1 day' : `${days} days`;
}
