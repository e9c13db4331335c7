/**
 * Draining a feedback broadcast to a provider that answers in 5 ms, fifty calls in flight: the real
 * dispatcher and the real SMS channel on the embedded Postgres, beside a bare client that makes the
 * same calls without a queue. Then a part of a million messages, for the memory of the node.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { outboxFigures } from '../src/delivery/figures.ts';
import { atLeast, type BenchRow, noted, under } from './bench-row.ts';
import { percentile } from './percentile.ts';
import { bareRate, type Provider, startNode, startProvider } from './processes.ts';
import { enlistWithAddresses, type Stage, stage, tell } from './stage.ts';

const MESSAGES = Number(process.env.HEARD_BENCH_MESSAGES ?? 100_000);
/** More than any machine sends: the limit is not what is measured here. */
const NO_LIMIT = 1_000_000;

/** The machine's own pace drifts: the bare client goes before and after each, and the middle counts. */
const ROUNDS = 3;

export async function benchDrain(): Promise<readonly BenchRow[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await using one = await stage();
    using provider = await startProvider();
    await plan(one, MESSAGES);
    bare.push(await bareRate(provider, MESSAGES / 2));
    ours.push(await drainRate(one, provider));
    bare.push(await bareRate(provider, MESSAGES / 2));
  }
  return [
    atLeast(`drain: ${inWords(MESSAGES)} messages, 50 in flight`, 'messages/s', {
      value: percentile(ours, 0.5),
      reference: percentile(bare, 0.5),
      part: 0.85,
    }),
  ];
}

/** From the first call until every outcome is recorded. */
async function drainRate(one: Stage, provider: Provider): Promise<number> {
  await provider.until(0);
  const node = startNode(one, provider, NO_LIMIT);
  await provider.until(1);
  const began = performance.now();
  await provider.until(MESSAGES);
  await node.stop();
  const seconds = (performance.now() - began) / 1000;
  const { accepted } = await outboxFigures(one.heard.world.pool);
  if (accepted !== MESSAGES) throw new Error(`${accepted} of ${MESSAGES} were accepted`);
  return MESSAGES / seconds;
}

const MILLION = Number(process.env.HEARD_BENCH_MILLION ?? 1_000_000);
const WARM_UP_MS = 15_000;
const STEADY_MS = 90_000;

/** All of a million takes many minutes; memory that grew with them would show sooner. */
export async function benchDrainMemory(): Promise<readonly BenchRow[]> {
  await using one = await stage();
  using provider = await startProvider();
  await plan(one, MILLION);
  await provider.until(0);
  const node = startNode(one, provider, NO_LIMIT);
  await provider.until(1);
  await sleep(WARM_UP_MS);
  await node.megabytes();
  await sleep(WARM_UP_MS);
  const warm = await node.megabytes();
  await sleep(STEADY_MS - WARM_UP_MS);
  await node.megabytes();
  await sleep(WARM_UP_MS);
  const late = await node.megabytes();
  await node.stop();
  const { messages } = await provider.now();
  const name = `drain: memory after ${inWords(messages)} of ${inWords(MILLION)}`;
  return [
    under(name, 'MB', { value: late, limit: 300 }),
    noted(`${name}, beside that after ${WARM_UP_MS / 1000} s`, 'MB', late, warm),
  ];
}

/**
 * A feedback broadcast: two messages to each person. What a million new rows leave to be cleaned up
 * is done before the first call, because it is no part of sending.
 */
async function plan(one: Stage, messages: number): Promise<void> {
  await tell(one, await enlistWithAddresses(one, messages / 2));
  await one.heard.world.pool.query('vacuum (analyze)');
}

function inWords(count: number): string {
  return count.toLocaleString('en-GB');
}
