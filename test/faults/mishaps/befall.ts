/** The mishaps of a phase, beside each other: each is tried until it really happened. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MishapName } from '../faults.ts';
import type { Tally } from '../tally.ts';
import {
  connectionsBreak,
  endedAsInADeadlock,
  everyQueryWaits,
  noConnectionLeftForThem,
  restart,
  restartInMidBroadcast,
  sendingFailsToSerialise,
  turnsFailToSerialise,
  twoWaitForEachOther,
} from './database-mishaps.ts';
import type { Mishap, Scene } from './scene.ts';
import { killOne, killTwo, leasesEndUnderThem, providerRefuses } from './sending-mishaps.ts';

const MISHAPS: Readonly<Record<MishapName, Mishap>> = {
  'a machine is killed': killOne,
  'two machines are killed': killTwo,
  'connections break': connectionsBreak,
  'a machine gets no connection': noConnectionLeftForThem,
  'every query waits': everyQueryWaits,
  'the database restarts': restart,
  'the database restarts in mid-broadcast': restartInMidBroadcast,
  'turns fail to serialise': turnsFailToSerialise,
  'two transactions wait for each other': twoWaitForEachOther,
  'sending fails to serialise': sendingFailsToSerialise,
  'statements end as in a deadlock': endedAsInADeadlock,
  'the provider refuses connections': providerRefuses,
  'leases end under those who work': leasesEndUnderThem,
};

const LONGEST_MS = 45_000;

export async function befall(
  scene: Scene,
  names: readonly MishapName[],
  tally: Tally,
): Promise<void> {
  const until = async (name: MishapName): Promise<void> => {
    const own = { ...scene, chance: scene.chance.apart(name) };
    const end = performance.now() + LONGEST_MS;
    while (performance.now() < end) {
      await sleep(200 + own.chance.below(800));
      // A mishap that itself has one has not happened.
      if (!(await MISHAPS[name](own).catch(() => false))) continue;
      tally.note(name);
      return tally.mark(`  ${name}`);
    }
  };
  await Promise.all(names.map(until));
}
