/**
 * What a monitor may see: the process itself and how the outbox stands. No label names a person, a
 * number or an answer, and no figure of a consultation ticks here: those are rounded and hourly.
 */
import type { Pool } from 'pg';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { outboxFigures } from '../delivery/figures.ts';
import type { OutsideClock } from '../platform/outside-clock.ts';

export function createMetrics(pool: Pool, clock: Pick<OutsideClock, 'aheadMs'>): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const outbox = new Gauge({
    name: 'heard_outbox_messages',
    help: 'Messages by what became of them; planned is the sum of the others but delivered',
    labelNames: ['state'],
    registers: [],
    async collect() {
      for (const [state, rows] of Object.entries(await outboxFigures(pool))) {
        this.set({ state }, Number(rows));
      }
    },
  });
  const ahead = new Gauge({
    name: 'heard_clock_ahead_seconds',
    help: 'How far the clock is ahead of what providers tell; nothing until one has answered',
    registers: [],
    collect() {
      const ms = clock.aheadMs();
      if (ms !== undefined) this.set(ms / 1000);
    },
  });
  registry.registerMetric(ahead);
  registry.registerMetric(outbox);
  return registry;
}
