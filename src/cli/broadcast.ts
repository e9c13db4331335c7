/** `heard broadcast pause|resume|cancel ID`: a broadcast in mid-send, stopped and let go on. */

import { broadcastFigures } from '../delivery/broadcast-figures.ts';
import {
  type Broadcast,
  type Changed,
  cancelBroadcast,
  pauseBroadcast,
  resumeBroadcast,
} from '../delivery/broadcasts.ts';
import { type Action, type Actor, record } from '../platform/audit.ts';
import type { Pool } from '../platform/postgres.ts';
import { sumsLine } from './broadcast-lines.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

type What = 'pause' | 'resume' | 'cancel';

const CHANGES: Readonly<
  Record<
    What,
    { change: (pool: Pool, id: string) => Promise<Changed>; done: string; trail: Action }
  >
> = {
  pause: {
    change: pauseBroadcast,
    done: 'It is paused: no more messages leave. "heard broadcast resume" lets it go on.',
    trail: 'paused',
  },
  resume: { change: resumeBroadcast, done: 'It goes on.', trail: 'resumed' },
  cancel: {
    change: cancelBroadcast,
    done: 'It is cancelled: what had not left counts as refused.',
    trail: 'cancelled',
  },
};

const ACTOR: Actor = 'command line';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function broadcastCommand(what: What, id: string): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    const { pool } = world;
    const { change, done, trail } = CHANGES[what];
    const changed: Changed = UUID.test(id) ? await change(pool, id) : { kind: 'none' };
    if (changed.kind === 'none') {
      return {
        kind: 'refused',
        reasons: ['There is no such broadcast. "heard status" lists them with their ids.'],
      };
    }
    if (changed.kind === 'stands') return { kind: 'refused', reasons: [whyNot(changed.broadcast)] };
    const at = world.ambient.now();
    await record(pool, { actor: ACTOR, action: trail, object: 'broadcast', at });
    const { refusedFor: _, ...sums } = (await broadcastFigures(pool, [id]))(id);
    return {
      kind: 'done',
      json: { broadcast: changed.broadcast.id, state: changed.broadcast.state, ...sums },
      lines: [done, sumsLine(sums)],
    };
  });
}

function whyNot({ state }: Broadcast): string {
  switch (state) {
    case 'running':
      return 'It is not paused.';
    case 'paused':
      return 'It is paused.';
    case 'cancelled':
      return 'It was cancelled, and stays so: what was refused is not planned again.';
    case 'finished':
      return 'It is finished: everything of it has left.';
  }
}
