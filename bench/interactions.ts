/**
 * How soon somebody who presses a button is told that they were heard, when 200 people in the middle
 * of a conversation press at once: in Discord the first answer, beside a bot that does nothing but
 * give it; in Teams the whole answer, because there is no other. Everyone is on this machine, so the
 * way to Discord and back is not in it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { freePort } from '../test/support/free-port.ts';
import { AS_STARTED } from './as-started.ts';
import { type BenchRow, noted, under } from './bench-row.ts';
import { percentile } from './percentile.ts';
import { startTapping, type Tap, type Tapping } from './signed-taps.ts';
import { type Action, type DiscordStandIn, startDiscordStandIn } from './stand-in-discord.ts';
import { end, heardIn } from './whole-node.ts';

const PEOPLE = 200;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 20;
const ROUNDS_ANEW = 5;
/** A question is read before it is answered; what the last answer left to do is done by then. */
const QUIET_MS = 1_000;
const LIMIT_MS = 50;
const FLOW = 'flows/chesham-park.flow.yaml';
const KEYWORD = 'PARK';

export async function benchInteractions(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-'));
  const database = await attachEmbeddedPostgres({ dataDir: join(folder, 'data'), role: 'command' });
  if (database.kind !== 'attached') throw new Error(database.reason);
  using discord = await startDiscordStandIn({ answers: true });
  using forBare = await startDiscordStandIn({ answers: false });
  const port = await freePort();
  using teams = await startTapping(new URL(`http://127.0.0.1:${port}/channels/teams/messages`));
  const environment = {
    DATABASE_URL: database.url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_ORGANISATION: 'Bury Council',
    PORT: String(port),
    DISCORD_TOKEN: discord.settings.token,
    DISCORD_APPLICATION_ID: discord.settings.applicationId,
    DISCORD_API_URL: discord.settings.apiUrl,
    ...teams.settings,
  };
  try {
    const heard = heardIn(environment);
    await heard.command('launch', FLOW);
    const node = await heard.startNode();
    const bare = startBare(forBare);
    await Promise.all([discord.connected, forBare.connected]);
    const rows = [...(await measureDiscord(discord, forBare)), ...(await measureTeams(teams))];
    await Promise.all([end(node), end(bare)]);
    return rows;
  } finally {
    await database.detach();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureDiscord(
  ours: DiscordStandIn,
  bare: DiscordStandIn,
): Promise<readonly BenchRow[]> {
  const people = Array.from({ length: PEOPLE }, (_, at) => `1000000000000${10_000 + at}`);
  await ours.act(people.map(joining));
  await ours.act(people.map((person) => pressing(ours, person)));
  const kept = await rounds(ours, bare, people, WARM_UP_ROUNDS + ROUNDS);
  const heard = kept.ours.slice(WARM_UP_ROUNDS).flat();
  const barely = kept.bare.slice(WARM_UP_ROUNDS).flat();
  const anew = await rounds(ours, bare, people, ROUNDS_ANEW, () => {
    ours.hangUp();
    bare.hangUp();
  });
  return [
    under(`interactions: acknowledged in Discord, ${PEOPLE} at once, p99`, 'ms', {
      value: percentile(heard, 0.99),
      limit: LIMIT_MS,
      reference: percentile(barely, 0.99),
    }),
    noted('interactions: the same, p50', 'ms', percentile(heard, 0.5), percentile(barely, 0.5)),
    noted(
      'interactions: p99 of the middle round',
      'ms',
      ofMiddleRound(kept.ours.slice(WARM_UP_ROUNDS)),
      ofMiddleRound(kept.bare.slice(WARM_UP_ROUNDS)),
    ),
    noted(
      'interactions: p99 where no connection stands',
      'ms',
      percentile(anew.ours.flat(), 0.99),
      percentile(anew.bare.flat(), 0.99),
    ),
  ];
}

/** What a machine that was busy with something else for one round says nothing against. */
function ofMiddleRound(all: readonly (readonly number[])[]): number {
  return percentile(
    all.map((round) => percentile(round, 0.99)),
    0.5,
  );
}

/** The two take turns, because the machine's own pace drifts. */
async function rounds(
  ours: DiscordStandIn,
  bare: DiscordStandIn,
  people: readonly string[],
  count: number,
  before: () => void = () => undefined,
) {
  const measured = { ours: new Array<readonly number[]>(), bare: new Array<readonly number[]>() };
  for (let round = 0; round < count; round++) {
    before();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    measured.ours.push(await ours.act(people.map((person) => pressing(ours, person))));
    measured.bare.push(await bare.act(people.map(joining)));
  }
  return measured;
}

async function measureTeams(teams: Tapping): Promise<readonly BenchRow[]> {
  const people = Array.from({ length: PEOPLE }, (_, at) => at);
  await teams.tap(people.map((person) => ({ person, data: { do: 'join', keyword: KEYWORD } })));
  await teams.tap(people.map((person) => tapping(teams, person)));
  const answered: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const times = await teams.tap(people.map((person) => tapping(teams, person)));
    if (round >= 0) answered.push(...times);
  }
  return [0.5, 0.99].map((part) =>
    noted(
      `interactions: answered in Teams, ${PEOPLE} at once, p${part * 100}`,
      'ms',
      percentile(answered, part),
    ),
  );
}

function joining(userId: string): Action {
  const options = [{ name: 'consultation', type: 3, value: KEYWORD }];
  return { userId, type: 2, data: { id: '1', name: 'have-your-say', type: 1, options } };
}

/** An option where there is one, otherwise back to where there is, or on from the introduction. */
function pressing({ buttonsOf }: DiscordStandIn, userId: string): Action {
  const buttons = buttonsOf(userId);
  const custom_id = ['h:o:', 'h:k:back:', 'h:k:']
    .map((kind) => buttons.find((id) => id.startsWith(kind)))
    .find((id) => id !== undefined);
  if (custom_id === undefined) throw new Error('somebody was shown nothing to press');
  return { userId, type: 3, data: { component_type: 2, custom_id } };
}

function tapping({ buttonsOf }: Tapping, person: number): Tap {
  const buttons = buttonsOf(person);
  const data =
    buttons.find((button) => button.do === 'choose') ??
    buttons.find((button) => button.command === 'back') ??
    buttons.find((button) => button.do === 'command');
  if (data === undefined) throw new Error('somebody was shown nothing to tap');
  return { person, data };
}

function startBare({ settings }: DiscordStandIn): ChildProcess {
  const { apiUrl } = settings;
  return fork(new URL('bare-acknowledger.ts', import.meta.url), {
    env: {
      ...process.env,
      API_URL: apiUrl,
      GATEWAY_URL: apiUrl.replace(/^http(.*)\/api$/, 'ws$1'),
    },
    execArgv: [...AS_STARTED],
  });
}
