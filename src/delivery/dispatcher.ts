/**
 * The one way out of a channel: claims messages, looks once more whether they may go, commits the
 * attempt, calls the provider, records what became of it. The steps run beside each other, so that
 * a slow provider holds nobody up. A row whose fate is not known is never sent again from here.
 */
import type { Pool } from 'pg';
import type { Channel } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Log } from '../platform/log.ts';
import { beginAttempts, type People } from './attempt.ts';
import { createBrake } from './brake.ts';
import { type Claimed, type ClaimedRow, claim, releaseClaims } from './claim.ts';
import { type OpenHours, openHours, type SendingHours } from './hours.ts';
import { createLifeline, type FaultPoint } from './lifeline.ts';
import { createBodyReader, type OpenBody } from './message-body.ts';
import { createRecorder } from './recorder.ts';
import { createSending } from './sending.ts';
import { createSignal } from './signal.ts';

export interface DispatcherOptions {
  readonly pool: Pool;
  readonly channel: Channel;
  readonly ambient: Ambient;
  readonly people: People;
  readonly openBody: OpenBody;
  /** The provider says that this person wants no more. */
  readonly onOptOut: (personId: string) => Promise<void>;
  /** Trial mode: what Heard begins goes to guests only, or stays on this machine. */
  readonly trial: boolean;
  /** The sender's rate over all processes. */
  readonly partsPerSecond: number;
  readonly log: Pick<Log, 'error'>;
  readonly concurrency?: number;
  readonly hours: SendingHours;
  readonly fault?: (point: FaultPoint) => void;
}

export interface Dispatcher {
  readonly start: () => void;
  /** Something was planned: look now. */
  readonly wake: () => void;
  /** Finishes what is in flight and gives back what is not. */
  readonly stop: () => Promise<void>;
  /** Sends what can go now, without `start`: returns when nothing more can. */
  readonly drain: () => Promise<void>;
}

const CONCURRENCY = 50;
/** Several times the longest call to a provider. */
const LEASE_SECONDS = 60;
const LEAVES_WITHIN_MS = (LEASE_SECONDS * 1000) / 2;
const POLL_MS = 250;
const AFTER_A_FAULT_MS = 1_000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { pool, channel, log, concurrency = CONCURRENCY } = options;
  const worker = options.ambient.newId();
  /** There may be more to claim; there may be more to begin. */
  const room = createSignal();
  const work = createSignal();
  const wakeAll = (): void => {
    room.notify();
    work.notify();
  };
  let mode: 'idle' | 'running' | 'draining' | 'stopping' = 'idle';
  let loops: Promise<unknown> = Promise.resolve();
  const claimed: ClaimedRow[] = [];
  let isBeginning = false;

  const lifeline = createLifeline(options.fault, wakeAll);
  const brake = createBrake();
  const recorder = createRecorder({
    pool,
    log,
    lifeline,
    onOptOut: options.onOptOut,
    onRecorded: wakeAll,
  });
  const sending = createSending({
    channel,
    concurrency,
    leaveWithinMs: LEAVES_WITHIN_MS,
    brake,
    lifeline,
    log,
    onOutcome: (outcome) => {
      recorder.record(outcome);
      work.notify();
    },
  });
  const bodies = createBodyReader({ pool, worker, openBody: options.openBody, log });
  const attempting = {
    pool,
    ambient: options.ambient,
    people: options.people,
    worker,
    leaseSeconds: LEASE_SECONDS,
    guestsOnly: options.trial && !channel.staysOnThisMachine,
    timeZone: options.hours.timeZone,
  };

  const takesMore = (): boolean =>
    (mode === 'running' || mode === 'draining') && !lifeline.isDead();
  const holdsNothing = (): boolean =>
    claimed.length + sending.count() === 0 && !isBeginning && recorder.isIdle();

  async function claimLoop(): Promise<void> {
    while (takesMore()) {
      const pauseMs = brake.pauseMs();
      const heldNothing = holdsNothing();
      if (mode === 'draining' && pauseMs > 0 && heldNothing) return;
      // Few large claims: one for two hundred costs little more than one for fifty.
      const most = 4 * concurrency - claimed.length;
      if (pauseMs > 0 || most < 2 * concurrency) {
        await room.wait(Math.min(pauseMs || POLL_MS, POLL_MS));
        continue;
      }
      const { rows, waitMs } = await claimMore(most);
      claimed.push(...rows);
      if (rows.length > 0) work.notify();
      else if (mode === 'draining' && heldNothing && waitMs === undefined) return;
      else await room.wait(waitMs ?? POLL_MS);
    }
  }

  const openNow = (): readonly OpenHours[] =>
    openHours(options.ambient.now(), options.hours, LEASE_SECONDS * 1000 + LEAVES_WITHIN_MS);

  async function claimMore(most: number): Promise<Claimed> {
    const request = {
      channel: channel.name,
      sender: channel.sender,
      worker,
      rate: options.partsPerSecond,
      most,
      leaseSeconds: LEASE_SECONDS,
      openHours: openNow(),
    };
    try {
      const got = await claim(pool, request);
      return got.rows.length > 0 && lifeline.diesAt('claimed') ? { rows: [] } : got;
    } catch (error) {
      log.error('messages could not be claimed', { error });
      return { rows: [], waitMs: AFTER_A_FAULT_MS };
    }
  }

  async function beginLoop(): Promise<void> {
    while (takesMore()) {
      // As many again as are on their way stand ready, so that a slot never waits for the database.
      const free = 2 * concurrency - sending.count();
      if (claimed.length === 0 || free <= 0) {
        await work.wait(POLL_MS);
        continue;
      }
      isBeginning = true;
      await begin(claimed.splice(0, Math.min(free, concurrency)));
      isBeginning = false;
      room.notify();
    }
  }

  async function begin(rows: readonly ClaimedRow[]): Promise<void> {
    try {
      const attempts = await beginAttempts(attempting, await bodies.read(rows));
      if (attempts.length === 0 || lifeline.diesAt('attempt-committed')) return;
      sending.add(attempts);
    } catch (error) {
      // What was claimed comes back when its lease is over.
      log.error('attempts could not be begun', { error });
    }
  }

  function run(as: 'running' | 'draining'): Promise<void> {
    mode = as;
    const claiming = claimLoop();
    loops = Promise.all([claiming, beginLoop()]);
    return claiming;
  }

  async function stop(): Promise<void> {
    if (mode === 'idle') return;
    mode = 'stopping';
    wakeAll();
    await loops;
    while (!lifeline.isDead() && (sending.count() > 0 || !recorder.isIdle()))
      await work.wait(POLL_MS);
    mode = 'idle';
    claimed.length = 0;
    if (!lifeline.isDead()) await releaseClaims(pool, worker);
  }

  return {
    start: () => void run('running'),
    wake: room.notify,
    stop,
    drain: async () => {
      await run('draining');
      await stop();
    },
  };
}
