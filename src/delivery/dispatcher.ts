/**
 * The one way out of a channel: claims messages, looks once more whether they may go, commits the
 * attempt, calls the provider, records what became of it. The steps run beside each other, so that
 * a slow provider holds nobody up. A row whose fate is not known is never sent again from here.
 */
import type { Pool } from 'pg';
import type { Channel } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Log } from '../platform/log.ts';
import { createAppetite } from './appetite.ts';
import { beginAttempts, type People } from './attempt.ts';
import { createBrake } from './brake.ts';
import {
  type Claimed,
  type ClaimedRow,
  type ClaimRequest,
  claim,
  holdSender,
  releaseClaims,
} from './claim.ts';
import { createFrontier } from './frontier.ts';
import { type OpenHours, openHours, type SendingHours } from './hours.ts';
import { createLifeline, type FaultPoint } from './lifeline.ts';
import { createBodyReader, type OpenBody } from './message-body.ts';
import { createRecorder } from './recorder.ts';
import { createSending } from './sending.ts';
import type { Settlement } from './settle.ts';
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
/** A look at who may be written to holds for so long: an opt-out since then is seen by the next. */
const LOOK_HOLDS_MS = 5_000;
/** Several times the longest call to a provider. */
const LEASE_SECONDS = 60;
const LEAVES_WITHIN_MS = (LEASE_SECONDS * 1000) / 2;
const POLL_MS = 250;
const AFTER_A_FAULT_MS = 1_000;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { pool, channel, log, concurrency = CONCURRENCY } = options;
  const worker = options.ambient.newId();
  const news = createSignal();
  let mode: 'idle' | 'running' | 'draining' | 'stopping' = 'idle';
  let claiming: Promise<void> = Promise.resolve();
  /** Claimed, and not yet handed on to be sent. */
  let beginning = 0;
  let begun: Promise<void> = Promise.resolve();
  let telling: Promise<void> = Promise.resolve();

  const lifeline = createLifeline(options.fault, news.notify);
  const brake = createBrake({
    onAsked: (ms) => {
      telling = telling.then(() => tellTheOthers(ms));
    },
  });
  const appetite = createAppetite(concurrency);
  const frontier = createFrontier();
  const recorder = createRecorder({
    pool,
    log,
    lifeline,
    onOptOut: options.onOptOut,
    onRecorded: news.notify,
  });
  const sending = createSending({
    channel,
    concurrency,
    brake,
    appetite,
    lifeline,
    log,
    onOutcome: (outcome) => {
      recorder.record(outcome);
      if (mode !== 'running' || mostToClaim() > 0) news.notify();
    },
  });
  const readBodies = createBodyReader(pool, options.openBody);
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
  const held = (): number => beginning + sending.count();
  /**
   * None while there is room for a few only: one claim for two hundred costs far less than four for
   * fifty. But it is begun while enough lies ready to last until it is done.
   */
  const mostToClaim = (): number => {
    const wants = appetite.wants();
    const most = wants - held();
    return most < wants / 3 ? 0 : most;
  };
  const holdsNothing = (): boolean => held() === 0 && recorder.isIdle();

  async function claimLoop(): Promise<void> {
    while (takesMore()) {
      const pauseMs = brake.pauseMs();
      const heldNothing = holdsNothing();
      if (mode === 'draining' && pauseMs > 0 && heldNothing) return;
      const most = mostToClaim();
      if (pauseMs > 0 || most === 0) {
        await news.wait(Math.min(pauseMs || POLL_MS, POLL_MS));
        continue;
      }
      const leaveBy = performance.now() + LEAVES_WITHIN_MS;
      const { rows, waitMs, heldMs } = await claimMore(most);
      if (heldMs !== undefined) brake.hold(heldMs);
      else if (rows.length > 0) beginInTurn(rows, leaveBy);
      else if (mode === 'draining' && heldNothing && waitMs === undefined) return;
      else await news.wait(waitMs ?? POLL_MS);
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
      const got = await claimFrom(request);
      return got.rows.length > 0 && lifeline.diesAt('claimed') ? { rows: [] } : got;
    } catch (error) {
      log.error('messages could not be claimed', { error });
      return { rows: [], waitMs: AFTER_A_FAULT_MS };
    }
  }

  async function claimFrom(request: ClaimRequest): Promise<Claimed> {
    const known = frontier.known();
    const got = await claim(pool, { ...request, frontier: known });
    frontier.note(got.rows);
    const isAnswer = got.rows.length > 0 || got.waitMs !== undefined || got.heldMs !== undefined;
    if (isAnswer || known.size === 0) return got;
    frontier.forget();
    return claim(pool, request);
  }

  /** One claim after the other, beside the next claim: what comes first leaves first. */
  function beginInTurn(rows: readonly ClaimedRow[], leaveBy: number): void {
    beginning += rows.length;
    begun = begun.then(() => begin(rows, leaveBy));
  }

  /** Never rejects. */
  async function begin(rows: readonly ClaimedRow[], leaseLets: number): Promise<void> {
    const leaveBy = Math.min(leaseLets, performance.now() + LOOK_HOLDS_MS);
    try {
      const { leaving, turnedAway, fault } = await beginAttempts(attempting, rows);
      // What was only claimed comes back when its lease is over.
      if (fault !== undefined) log.error('attempts could not be begun', { error: fault });
      const read = await readBodies(leaving);
      turnAway([...turnedAway, ...read.turnedAway]);
      if (read.leaving.length === 0 || lifeline.diesAt('attempt-committed')) return;
      sending.add(read.leaving, leaveBy);
    } catch (error) {
      log.error('attempts could not be begun', { error });
    } finally {
      beginning -= rows.length;
      news.notify();
    }
  }

  function turnAway(settlements: readonly Settlement[]): void {
    if (lifeline.isDead()) return;
    const ours = settlements.filter(isOurFault).length;
    if (ours > 0) log.error('messages could not be made ready', { count: ours });
    for (const one of settlements) {
      if (concernsAll(one)) brake.note(one.outcome);
      recorder.record(one);
    }
  }

  /** Never rejects: whom it does not reach is told by the provider. */
  async function tellTheOthers(ms: number): Promise<void> {
    try {
      await holdSender(pool, channel.sender, ms);
    } catch (error) {
      log.error('a wait could not be shared', { error });
    }
  }

  function run(as: 'running' | 'draining'): Promise<void> {
    mode = as;
    claiming = claimLoop();
    return claiming;
  }

  async function stop(): Promise<void> {
    if (mode === 'idle') return;
    mode = 'stopping';
    news.notify();
    await claiming;
    while (!lifeline.isDead() && !holdsNothing()) await news.wait(POLL_MS);
    await telling;
    mode = 'idle';
    if (!lifeline.isDead()) await releaseClaims(pool, worker);
  }

  return {
    start: () => void run('running'),
    wake: news.notify,
    stop,
    drain: async () => {
      await run('draining');
      await stop();
    },
  };
}

/** The database or the key holder is away: the next message would fare no better. */
function concernsAll({ outcome }: Settlement): boolean {
  return outcome.kind === 'not-sent' && outcome.counts !== true;
}

/** Not a verdict on the message or the person: what it says or whom it is for could not be read. */
function isOurFault({ outcome }: Settlement): boolean {
  return outcome.kind === 'failed' || outcome.kind === 'not-sent';
}
