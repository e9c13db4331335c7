/**
 * Planning a feedback broadcast to ten thousand, a hundred thousand and a million people, through
 * the same function as the command line, on the embedded Postgres: linear, and without the people
 * ever passing through this process.
 */
import type { Consultation } from '../src/consultation/consultations.ts';
import { type BenchRow, noted, under } from './bench-row.ts';
import { enlist, type Stage, stage, tell } from './stage.ts';

const SIZES = [10_000, 100_000, 1_000_000];
/** A person of a million may cost this much more than one of a hundred thousand. */
const LINEAR = 1.5;

export async function benchPlanning(): Promise<readonly BenchRow[]> {
  await using one = await stage();
  await plan(one, await enlist(one, 1000));
  const measured: Planned[] = [];
  for (const people of SIZES) measured.push(await plan(one, await enlist(one, people)));
  return rowsOf(measured);
}

interface Planned {
  readonly people: number;
  readonly seconds: number;
  readonly megabytes: number;
}

function rowsOf(measured: readonly Planned[]): readonly BenchRow[] {
  const [, hundredThousand, million] = measured;
  if (!million || !hundredThousand) throw new Error('nothing was measured');
  return [
    under('planning: a million people, two messages each', 's', {
      value: million.seconds,
      limit: 60,
    }),
    linear(hundredThousand, million),
    under('planning: memory that a million people add to the node', 'MB', {
      value: million.megabytes,
      limit: 20,
    }),
    ...measured.map(({ people, seconds }) =>
      noted(
        `planning: people a second, of ${people.toLocaleString('en-GB')}`,
        'people/s',
        people / seconds,
      ),
    ),
  ];
}

function linear(fewer: Planned, more: Planned): BenchRow {
  const each = ({ seconds, people }: Planned): number => (seconds * 1e6) / people;
  const ratio = each(more) / each(fewer);
  return {
    name: 'planning: each of a million, beside a hundred thousand',
    value: Number(each(more).toPrecision(3)),
    unit: 'µs',
    reference: Number(each(fewer).toPrecision(3)),
    ratio: Number(ratio.toFixed(2)),
    goal: `at most ${LINEAR} of the reference`,
    holds: ratio <= LINEAR,
  };
}

async function plan(one: Stage, consultation: Consultation): Promise<Planned> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const began = performance.now();
  const people = await tell(one, consultation);
  clearInterval(watch);
  return {
    people,
    seconds: (performance.now() - began) / 1000,
    megabytes: Math.max(0, (most - before) / 1_000_000),
  };
}
