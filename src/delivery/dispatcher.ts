/**
 * The one way out of a channel: claims messages, looks once more whether they may go, commits the
 * attempt, calls the provider, records what became of it. Four steps that run beside each other, so
 * that a slow provider holds nobody up. A row whose fate is not known is never sent again from here.
 */
import type { Pool } from 'pg';
import type { Channel } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import { type Attempt, beginAttempts, type People } from './attempt.ts';
import { createBrake } from './brake.ts';
import { type ClaimedRow, claim, releaseClaims } from './claim.ts';
import { LEAST_URGENT, MOST_TRIES } from './classes.ts';
import {
  createBodyReader,
  type OpenBody,
  putOff,
  type ReadMessage,
  setAside,
} from './message-body.ts';
import { backOffMs, type Settlement, settle } from './settle.ts';
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
  readonly log: DeliveryLog;
  readonly concurrency?: number;
  /** Holds back the classes behind this priority for now: quiet hours. */
  readonly leastUrgent?: () => number;
  /** For tests of crashes: one that throws stops this dispatcher dead, as a crash would. */
  readonly fault?: (point: FaultPoint) => void;
}

export type FaultPoint = 'claimed' | 'attempt-committed' | 'answered' | 'settled';

export interface DeliveryLog {
  readonly error: (fields: { readonly code: string }, message: string) => void;
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
const LEASE_SECONDS = 60;
const POLL_MS = 250;
const AFTER_A_FAULT_MS = 1_000;

interface Leaving extends Attempt<ReadMessage> {
  readonly leaveBy: number;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { pool, channel, log } = options;
  const concurrency = options.concurrency ?? CONCURRENCY;
  const worker = options.ambient.newId();
  const bodies = createBodyReader(pool, options.openBody);
  const brake = createBrake();
  const room = createSignal();
  const work = createSignal();
  const attempting = {
    pool,
    ambient: options.ambient,
    people: options.people,
    worker,
    leaseSeconds: LEASE_SECONDS,
    guestsOnly: options.trial && !channel.staysOnThisMachine,
  };

  const claimed: ClaimedRow[] = [];
  const ready: Leaving[] = [];
  const outcomes: (Settlement & { readonly personId: string })[] = [];
  let inFlight = 0;
  let beginning = false;
  let settling: Promise<void> | undefined;
  let mode: 'idle' | 'running' | 'draining' | 'stopping' | 'dead' = 'idle';
  let loops: Promise<unknown> = Promise.resolve();

  const isDead = (): boolean => mode === 'dead';
  const takesMore = (): boolean => mode === 'running' || mode === 'draining';
  const holdsNothing = (): boolean =>
    claimed.length + ready.length + inFlight + outcomes.length === 0 && !beginning && !settling;

  function reach(point: FaultPoint): void {
    try {
      options.fault?.(point);
    } catch (error) {
      mode = 'dead';
      work.notify();
      room.notify();
      throw error;
    }
  }

  async function claimLoop(): Promise<void> {
    while (takesMore()) {
      const pauseMs = brake.pauseMs();
      const heldNothing = holdsNothing();
      if (mode === 'draining' && pauseMs > 0 && heldNothing) return;
      const most = 2 * concurrency - claimed.length;
      if (pauseMs > 0 || most < concurrency) {
        await room.wait(pauseMs || POLL_MS);
        continue;
      }
      const { rows, waitMs } = await claimMore(most);
      claimed.push(...rows);
      if (rows.length > 0) work.notify();
      else if (mode === 'draining' && heldNothing && waitMs === undefined) return;
      else await room.wait(Math.min(waitMs ?? POLL_MS, POLL_MS));
    }
  }

  async function claimMore(most: number) {
    const request = {
      channel: channel.name,
      sender: channel.sender,
      worker,
      rate: options.partsPerSecond,
      most,
      leaseSeconds: LEASE_SECONDS,
      leastUrgent: options.leastUrgent?.() ?? LEAST_URGENT,
    };
    try {
      const got = await claim(pool, request);
      if (got.rows.length > 0) reach('claimed');
      return got;
    } catch (error) {
      if (isDead()) return { rows: [] };
      report(error, 'messages could not be claimed');
      return { rows: [], waitMs: AFTER_A_FAULT_MS };
    }
  }

  async function beginLoop(): Promise<void> {
    while (takesMore()) {
      const free = 2 * concurrency - inFlight - ready.length;
      if (claimed.length === 0 || free <= 0) {
        await work.wait(POLL_MS);
        continue;
      }
      beginning = true;
      await begin(claimed.splice(0, Math.min(free, concurrency)));
      beginning = false;
      room.notify();
    }
  }

  async function begin(rows: readonly ClaimedRow[]): Promise<void> {
    try {
      const messages = await readAll(rows);
      const leaveBy = performance.now() + (LEASE_SECONDS * 1000) / 2;
      const attempts = await beginAttempts(attempting, messages);
      if (attempts.length > 0) reach('attempt-committed');
      ready.push(...attempts.map((attempt) => ({ ...attempt, leaveBy })));
      sendReady();
    } catch (error) {
      // What was claimed comes back when its lease is over.
      if (!isDead()) report(error, 'attempts could not be begun');
    }
  }

  async function readAll(rows: readonly ClaimedRow[]): Promise<readonly ReadMessage[]> {
    const read = await Promise.allSettled(rows.map((row) => bodies.read(row)));
    const idsWhere = (which: (result: PromiseSettledResult<ReadMessage | undefined>) => boolean) =>
      rows.filter((_, at) => read[at] !== undefined && which(read[at])).map(({ id }) => id);
    const unreadable = idsWhere((one) => one.status === 'fulfilled' && one.value === undefined);
    const unopened = idsWhere((one) => one.status === 'rejected');
    if (unreadable.length + unopened.length > 0)
      log.error({ code: 'unreadable' }, 'messages could not be opened');
    await setAside(pool, worker, unreadable);
    await putOff(pool, worker, unopened, { delayMs: backOffMs(4), mostTries: MOST_TRIES });
    return read.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
  }

  function sendReady(): void {
    while (!isDead() && inFlight < concurrency) {
      const next = ready.shift();
      if (!next) return;
      inFlight += 1;
      void sendOne(next);
    }
  }

  async function sendOne({ row, nonce, address, leaveBy }: Leaving): Promise<void> {
    const outcome = await callProvider({ address, nonce, prompts: row.prompts }, leaveBy);
    brake.note(outcome);
    inFlight -= 1;
    if (isDead()) return;
    try {
      reach('answered');
    } catch {
      return;
    }
    outcomes.push({
      id: row.id,
      nonce,
      attempts: row.attempts + 1,
      outcome,
      personId: row.personId,
    });
    settling ??= settleAll().finally(() => {
      settling = undefined;
      room.notify();
      work.notify();
    });
    sendReady();
    work.notify();
  }

  async function callProvider(outbound: Parameters<Channel['send']>[0], leaveBy: number) {
    // This process slept past its lease: somebody else may have taken the row in hand.
    if (performance.now() > leaveBy) return { kind: 'unknown', reason: 'lease-over' } as const;
    try {
      return await channel.send(outbound);
    } catch (error) {
      report(error, 'a channel broke while sending');
      return { kind: 'unknown', reason: 'channel-broke' } as const;
    }
  }

  async function settleAll(): Promise<void> {
    while (outcomes.length > 0 && !isDead()) {
      const batch = outcomes.slice(0, 500);
      try {
        await settle(pool, batch);
        outcomes.splice(0, batch.length);
        reach('settled');
      } catch (error) {
        if (isDead()) return;
        report(error, 'outcomes could not be recorded');
        await new Promise((resolve) => setTimeout(resolve, AFTER_A_FAULT_MS));
        continue;
      }
      for (const { outcome, personId } of batch)
        if (outcome.kind === 'refused' && outcome.optedOut) await optOut(personId);
    }
  }

  async function optOut(personId: string): Promise<void> {
    try {
      await options.onOptOut(personId);
    } catch (error) {
      report(error, 'an opt-out at the provider could not be recorded');
    }
  }

  function report(error: unknown, message: string): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    log.error({ code }, message);
  }

  function run(as: 'running' | 'draining'): Promise<unknown> {
    mode = as;
    const claiming = claimLoop();
    loops = Promise.all([claiming, beginLoop()]);
    return claiming;
  }

  async function stop(): Promise<void> {
    if (isDead() || mode === 'idle') return;
    mode = 'stopping';
    room.notify();
    work.notify();
    await loops;
    while (ready.length + inFlight > 0 || settling) await work.wait(POLL_MS);
    claimed.length = 0;
    await releaseClaims(pool, worker);
    mode = 'idle';
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
