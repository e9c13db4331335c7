/**
 * What a monitor may see: the process itself and how the outbox stands. No label names a person, a
 * number or an answer, and no figure of a consultation ticks here: those are rounded and hourly.
 */
import type { Pool } from 'pg';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { outboxFigures } from '../delivery/figures.ts';

export function createMetrics(pool: Pool): Registry {
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
  registry.registerMetric(outbox);
  return registry;
}
