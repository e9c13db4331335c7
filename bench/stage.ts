/**
 * What the benches of sending play on: the embedded Postgres in a folder of its own, a launched
 * consultation, and people who are nobody.
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
import { encryptAddress } from '../src/privacy/addresses.ts';
import { dramaNumber } from './signed-texts.ts';

const FLOW = 'flows/chesham-park.flow.yaml';

export interface Stage extends AsyncDisposable {
  readonly heard: Heard;
  readonly consultation: Consultation;
  /** The settings with which another process opens the same installation. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function stage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-'));
  const database = await attachEmbeddedPostgres({ dataDir: join(folder, 'data'), role: 'command' });
  if (database.kind !== 'attached') throw new Error(database.reason);
  const settings = {
    DATABASE_URL: database.url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_ORGANISATION: 'Bury Council',
    HEARD_SEND_WINDOW: 'always',
  };
  const heard = await open(settings, 'command');
  return {
    heard,
    consultation: await launched(heard),
    settings,
    [Symbol.asyncDispose]: async () => {
      await heard.stop();
      await database.detach();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function open(
  settings: Readonly<Record<string, string | undefined>>,
  role: 'command' | 'server',
): Promise<Heard> {
  const read = readConfig(settings);
  if (read.kind === 'problems') throw new Error(read.problems.join('; '));
  const opened = await openHeard(read.config, { role });
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

/** Participants whom no number stands behind: enough for planning. Gives their consultation. */
export async function enlist(
  { heard, consultation }: Stage,
  people: number,
): Promise<Consultation> {
  const id = randomUUID();
  await heard.world.pool.query(
    `with people as (
       insert into conv.person (id, channel, bidx, bidx_ver, language)
       select gen_random_uuid(), 'sms', uuid_send(gen_random_uuid()), 1, 'en'
       from generate_series(1, $1)
       returning id
     )
     insert into conv.participation (person_id, consultation_id, state, joined_on)
     select id, $2, 'done', current_date from people`,
    [people, id],
  );
  await heard.world.pool.query('analyze conv.person, conv.participation');
  return { ...consultation, id };
}

const SLICE = 20_000;

/** Participants who can be written to: as many as need be behind the thousand numbers of drama. */
export async function enlistWithAddresses(one: Stage, people: number): Promise<Consultation> {
  const consultation = await enlist(one, people);
  const { pool, keys } = one.heard.world;
  const key = await keys.addressKey();
  const { rows } = await pool.query<{ person_id: string }>(
    'select person_id from conv.participation where consultation_id = $1',
    [consultation.id],
  );
  for (let from = 0; from < rows.length; from += SLICE) {
    const slice = rows.slice(from, from + SLICE).map((row) => row.person_id);
    await pool.query(
      `insert into contact.address (person_id, channel, addr_ct, addr_ver)
       select person, 'sms', sealed, $3
       from unnest($1::uuid[], $2::bytea[]) as a (person, sealed)`,
      [
        slice,
        slice.map((person, at) =>
          encryptAddress(key, { person, channel: 'sms', address: dramaNumber(from + at) }),
        ),
        key.version,
      ],
    );
  }
  await pool.query('analyze contact.address');
  return consultation;
}

/** Two messages each: what happened, and the question back. Gives how many people are told. */
export async function tell({ heard }: Stage, consultation: Consultation): Promise<number> {
  const told = await tellParticipants(
    heard.world,
    consultation,
    { en: 'Bury Council: most of you picked the ramp, and it is being built.' },
    'command line',
  );
  if (told.kind === 'refused') throw new Error(told.reason);
  return told.planned;
}
