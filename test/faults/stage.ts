/** Where a run takes place: its database, its machines, its provider, and the settings they share. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';
import { openKeyFolder } from '../../src/privacy/key-folder.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import type { Breakage } from './breakages.ts';
import type { Chance } from './chance.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { endLeases, untilSweptUp } from './mishaps/sending-mishaps.ts';
import type { OwnPostgres } from './own-postgres.ts';
import { IN_NEED, OPTED_OUT_AT_PROVIDER } from './people.ts';
import type { Harm } from './provider/calls.ts';
import { type FaultyProvider, startFaultyProvider } from './provider/faulty-provider.ts';
import type { SeedPlan } from './seed-plan.ts';
import type { Tally } from './tally.ts';
import { MINUTE_MS } from './time.ts';
import type { Death, NodeFaults } from './under-faults/node-faults.ts';

export const account: ProviderAccount = {
  sid: `AC${'d'.repeat(32)}`,
  token: 'a token of this suite',
  number: '+447700900999',
};
const PUBLIC_URL = 'http://127.0.0.1:9';

export interface Ground {
  readonly plan: SeedPlan;
  readonly chance: Chance;
  readonly tally: Tally;
  readonly postgres: OwnPostgres;
  readonly pool: Pool;
  readonly url: string;
  readonly folder: string;
  readonly since: number;
  readonly breakage: Breakage | undefined;
  /** How all that was started is stopped, from the moment in which it is. */
  readonly stopping: Set<() => Promise<void>>;
}

export interface Stage extends Ground {
  readonly fleet: Fleet;
  readonly provider: FaultyProvider;
  readonly keys: KeyHolder;
  /** What Heard keeps outside its database. */
  readonly ownFolders: readonly string[];
}

export async function setUp(ground: Ground): Promise<Stage> {
  const { chance, tally, plan, pool, folder } = ground;
  const holder: { fleet?: Fleet } = {};
  const fleetNow = (): Fleet => {
    if (!holder.fleet) throw new Error('no machine is there yet');
    return holder.fleet;
  };
  const provider = await startFaultyProvider({
    chance: chance.apart('provider'),
    tally,
    accountSid: account.sid,
    bring: (by, path, fields) => fleetNow().bring(by, path, fields),
    harm: harmTo(fleetNow, pool),
    patient: plan.patient,
    lost: plan.lost,
    optedOutHere: new Set([OPTED_OUT_AT_PROVIDER]),
    unlucky: new Set(IN_NEED),
  });
  const ownFolders = [join(folder, 'data'), join(folder, 'keys')];
  for (const own of ownFolders) await mkdir(own, { mode: 0o700 });
  const fleet = startFleet({
    account,
    publicUrl: PUBLIC_URL,
    environmentOf: (machine) => environmentOf(ground, `${provider.url}/machine-${machine}`),
    roles: plan.roles,
    faultsOf: faultsBy(ground),
    onDiedAtItsPoint: (death) => noteDeath(ground, death),
  });
  holder.fleet = fleet;
  ground.stopping.add(async () => {
    await fleet.stop();
    await provider.stop();
  });
  await fleet.allUp();
  return { ...ground, fleet, provider, ownFolders, keys: await keysIn(folder) };
}

export function environmentOf(
  { url, folder }: Pick<Ground, 'url' | 'folder'>,
  apiUrl: string,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HEARD_ORGANISATION: 'Bury Council',
    DATABASE_URL: url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_MODE: 'live',
    HEARD_SMS_PARTS_PER_SECOND: '12',
    PORT: '0',
    PUBLIC_URL,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: apiUrl,
  };
}

export const TWO_HOURS_MS = 2 * 3_600_000;
/** Every message passes there; the other points are passed by a claim or a record of many. */
const MOST_PASSES = 4;

/** While everybody is told, this file is there. */
export function whileTheyAreTold(folder: string): string {
  return join(folder, 'they-are-told');
}

function faultsBy({
  plan,
  chance,
  breakage,
  folder,
}: Ground): (machine: number | 'command') => NodeFaults {
  const machines = chance.apart('machines');
  // Each comes by in its turn, so that together they do so once a minute.
  const working = plan.roles.filter((role) => role !== 'web').length;
  const { point } = plan.diesAt;
  const passes = point === 'answered' ? MOST_PASSES : 1;
  const dies = { point, times: 1 + machines.below(passes) };
  // The feedback is claimed in a few pieces: later there may be no further one.
  const diesAgain = { point, times: 1 };
  return (machine) => ({
    ...(breakage ? { wrong: breakage.lines } : {}),
    ...(machine === 'command' ? {} : { minuteMs: MINUTE_MS * working }),
    ...(machine === plan.diesAt.machine
      ? { diesAt: [dies, { ...diesAgain, since: whileTheyAreTold(folder) }] }
      : {}),
    ...(machine === plan.clockOff.machine
      ? { clockOffMs: plan.clockOff.isAhead ? TWO_HOURS_MS : -TWO_HOURS_MS }
      : {}),
    ...(machine === plan.patient ? { isPatient: true } : {}),
  });
}

/** In the feedback is only who died while some of it was under way, or had just left. */
async function noteDeath({ pool, plan, tally }: Ground, { since }: Death): Promise<boolean> {
  const { point } = plan.diesAt;
  if (since === undefined) {
    tally.note(`killed at ${point}`);
    return true;
  }
  const { rowCount } = await pool
    .query(
      `select from delivery.outbox
       where class = 'feedback' and case when $1 then was_accepted else state = 'attempting' end
       limit 1`,
      [point === 'settled'],
    )
    .catch(() => ({ rowCount: 0 }));
  if (rowCount === 1) tally.note(`killed at ${point} in the feedback`);
  return rowCount === 1;
}

function harmTo(fleet: () => Fleet, pool: Pool): Harm {
  return {
    mayBeHarmed: (machine) => fleet().machines[machine]?.mayBeHarmed() ?? false,
    spare: (machine, spared) => fleet().machines[machine]?.spare(spared),
    kill: (machine) => fleet().machines[machine]?.kill() ?? false,
    lose: (machine) => fleet().machines[machine]?.lose(),
    stopPastItsLease: async (machine) => {
      const one = fleet().machines[machine];
      one?.freeze();
      try {
        return await untilSweptUp(pool, await endLeases(pool), ['unknown']);
      } catch {
        return false;
      } finally {
        one?.goOn();
      }
    },
  };
}

export async function keysIn(folder: string): Promise<KeyHolder> {
  const opened = await openKeyFolder({
    folder: join(folder, 'keys'),
    dataFolder: join(folder, 'data'),
  });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  return opened.keys;
}
