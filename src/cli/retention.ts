/** `heard retention`: deletes what has outlived its time now, and prints the proof. */
import { finalHeldBack, heldBackWords } from '../app/held-back.ts';
import { retain } from '../app/retention.ts';
import type { Heard } from '../app.ts';
import { record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { trustClock } from '../platform/clock-jump.ts';
import { transaction } from '../platform/postgres.ts';
import type { CommandResult } from './output.ts';
import { proofLines } from './proof-lines.ts';
import { runInHeard } from './run-in-heard.ts';

export function retentionCommand(trustsClock: boolean): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    if (trustsClock) await trust(heard);
    const held = await finalHeldBack(heard);
    if (held !== undefined) return { kind: 'refused', reasons: [heldBackWords(held)] };
    const today = isoDay(heard.world.ambient.now());
    const { kept, failed } = await retain(heard);
    const json = { on: today, failed, stores: kept };
    const lines = proofLines(kept, today);
    if (failed.length === 0) return { kind: 'done', json, lines };
    const reasons = failed.map(
      ({ store, rule }) => `NOT DONE, the log says why: ${store} (${rule})`,
    );
    return { kind: 'refused', json, reasons, notes: lines };
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
