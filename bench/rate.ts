/**
 * The limit of a sender, in parts a second, held by one node and by four together: counted where it
 * matters, at the provider, over a steady while.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRow } from './bench-row.ts';
import { type Counted, type Provider, startNode, startProvider } from './processes.ts';
import { enlistWithAddresses, type Stage, stage, tell } from './stage.ts';

const LIMIT = 500;
const WITHIN = 0.02;
const WARM_UP_MS = 4_000;
const STEADY_MS = 20_000;

export async function benchRate(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const nodes of [1, 4]) rows.push(rowOf(nodes, await rateOf(nodes)));
  return rows;
}

async function rateOf(nodes: number): Promise<number> {
  await using one = await stage();
  using provider = await startProvider();
  // More than leaves in the time.
  await tell(one, await enlistWithAddresses(one, 10_000));
  return await steadyRate(one, provider, nodes);
}

async function steadyRate(one: Stage, provider: Provider, nodes: number): Promise<number> {
  await provider.until(0);
  const running = Array.from({ length: nodes }, () => startNode(one, provider, LIMIT));
  // Every node has answered: all of them send.
  await Promise.all(running.map((node) => node.megabytes()));
  await sleep(WARM_UP_MS);
  const from = await provider.now();
  await sleep(STEADY_MS);
  const to = await provider.now();
  for (const node of running) await node.stop();
  return partsPerSecond(from, to);
}

function partsPerSecond(from: Counted, to: Counted): number {
  return ((to.parts - from.parts) * 1000) / (to.at - from.at);
}

function rowOf(nodes: number, rate: number): BenchRow {
  const ratio = rate / LIMIT;
  return {
    name: `rate: a limit of ${LIMIT} held by ${nodes === 1 ? 'one node' : `${nodes} nodes`}`,
    value: Number(rate.toFixed(1)),
    unit: 'parts/s',
    reference: LIMIT,
    ratio: Number(ratio.toFixed(4)),
    goal: 'within 2 % of the reference',
    holds: Math.abs(ratio - 1) <= WITHIN,
  };
}
