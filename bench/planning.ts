/**
 * Planning a feedback broadcast to ten thousand, a hundred thousand and a million people, through
 * the same function as the command line, on the embedded Postgres: linear, and without the people
 * ever passing through this process.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Heard, openHeard } from '../src/app.ts';
import type { Consultation } from '../src/consultation/consultations.ts';
import { launch } from '../src/consultation/launch.ts';
import { tellParticipants } from '../src/conversation/tell-participants.ts';
import { loadFlow } from '../src/flow/load.ts';
import { readConfig } from '../src/platform/config.ts';
import { attachEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { type BenchRow, noted, under } from './bench-row.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const FLOW = 'flows/chesham-park.flow.yaml';

export async function benchPlanning(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-'));
  const database = await attachEmbeddedPostgres({ dataDir: join(folder, 'data'), role: 'command' });
  if (database.kind !== 'attached') throw new Error(database.reason);
  try {
    const heard = await open(folder, database.url);
    const consultation = await launched(heard);
    await enlist(heard, 1000, consultation.id);
    await plan(heard, consultation);
    const measured: Planned[] = [];
    for (const people of SIZES) {
      const id = randomUUID();
      await enlist(heard, people, id);
      measured.push(await plan(heard, { ...consultation, id }));
    }
    await heard.stop();
    return rowsOf(measured);
  } finally {
    await database.detach();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Planned {
  readonly people: number;
  readonly seconds: number;
  readonly megabytes: number;
}

function rowsOf(measured: readonly Planned[]): readonly BenchRow[] {
  const [, , million] = measured;
  if (!million) throw new Error('nothing was measured');
  return [
    under('planning: a million people, two messages each', 's', {
      value: million.seconds,
      limit: 60,
    }),
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

async function plan(heard: Heard, consultation: Consultation): Promise<Planned> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const began = performance.now();
  const told = await tellParticipants(
    heard.world,
    consultation,
    { en: 'Bury Council: most of you picked the ramp, and it is being built.' },
    'command line',
  );
  clearInterval(watch);
  if (told.kind === 'refused') throw new Error(told.reason);
  return {
    people: told.planned,
    seconds: (performance.now() - began) / 1000,
    megabytes: Math.max(0, (most - before) / 1_000_000),
  };
}

/** People who are nobody: no number stands behind them. */
async function enlist({ world }: Heard, people: number, consultationId: string): Promise<void> {
  await world.pool.query(
    `with people as (
       insert into conv.person (id, channel, bidx, bidx_ver, language)
       select gen_random_uuid(), 'sms', uuid_send(gen_random_uuid()), 1, 'en'
       from generate_series(1, $1)
       returning id
     )
     insert into conv.participation (person_id, consultation_id, state, joined_on)
     select id, $2, 'done', current_date from people`,
    [people, consultationId],
  );
  await world.pool.query('analyze conv.person, conv.participation');
}

async function open(folder: string, url: string): Promise<Heard> {
  const read = readConfig({
    DATABASE_URL: url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_ORGANISATION: 'Bury Council',
  });
  if (read.kind === 'problems') throw new Error(read.problems.join('; '));
  const opened = await openHeard(read.config, { role: 'command' });
  if (opened.kind === 'refused') throw new Error(opened.reasons.join('; '));
  return opened.heard;
}

async function launched({ world, compile }: Heard): Promise<Consultation> {
  const loaded = loadFlow(await readFile(FLOW, 'utf8'), { file: FLOW });
  if (loaded.kind === 'refused') throw new Error('the flow does not load');
  const { document } = loaded;
  const done = await launch(
    { ...world, timeZone: world.installation.timeZone },
    { document, flow: compile(document), actor: 'command line' },
  );
  if (done.kind === 'refused') throw new Error(done.reasons.join('; '));
  return done.consultation;
}
