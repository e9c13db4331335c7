/** People whose address is their id, for tests of sending that are about something else. */
import type { Home, People } from '../../src/delivery/attempt.ts';

type Where = (id: string) => Home | 'unopened' | undefined;

/** Nobody has stopped, nobody is a guest. */
export function everybodyAtHome(where: Where = (id) => ({ address: id })): People {
  return {
    standingsOf: async (_, ids) =>
      new Map(ids.map((id) => [id, { stopped: false, home: where(id) }])),
    guestsAmong: async () => new Set(),
  };
}
