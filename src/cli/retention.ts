/** `heard retention`: deletes what has outlived its time now, and prints the proof. */
import { ageHeldBack, heldBackWords } from '../app/held-back.ts';
import { retain } from '../app/retention.ts';
import type { Heard } from '../app.ts';
import { record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { trustClock } from '../platform/clock-jump.ts';
import type { Kept } from '../platform/kept.ts';
import { transaction } from '../platform/postgres.ts';
import { type CommandResult, table } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function retentionCommand(trustsClock: boolean): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    if (trustsClock) await trust(heard);
    const held = await ageHeldBack(heard);
    if (held !== undefined) return { kind: 'refused', reasons: [heldBackWords(held)] };
    const today = isoDay(heard.world.ambient.now());
    const { kept, failed } = await retain(heard);
    const json = { on: today, failed, stores: kept };
    const lines = table(kept.map((one) => cells(one, today)));
    if (failed === 0) return { kind: 'done', json, lines };
    const reason = `${failed} of the rules failed: the log says why.`;
    return { kind: 'refused', json, reasons: [reason], notes: lines };
  });
}

/** Somebody has looked at the clock, and the trail says so. */
function trust({ world }: Heard): Promise<void> {
  return transaction(world.pool, async (tx) => {
    await trustClock(tx);
    const at = world.ambient.now();
    await record(tx, { actor: 'command line', action: 'clock trusted', object: 'clock', at });
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
