/**
 * Records outcomes in batches, one statement at a time. What cannot be recorded is tried again until
 * it can: an outcome that is lost here would be a message whose fate nobody knows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Log } from '../platform/log.ts';
import { isAboutData } from '../platform/postgres.ts';
import type { Lifeline } from './lifeline.ts';
import { isSetAside, type Settlement, settle } from './settle.ts';

export interface Outcome extends Settlement {
  /** Whom to mark as stopped, where the provider says that they are. */
  readonly personId?: string;
}

export interface Recorder {
  readonly record: (outcome: Outcome) => void;
  readonly isIdle: () => boolean;
}

export interface RecorderOptions {
  readonly pool: Pool;
  readonly log: Pick<Log, 'error'>;
  readonly lifeline: Lifeline;
  readonly onOptOut: (personId: string) => Promise<void>;
  readonly onRecorded: () => void;
}

const MOST_AT_ONCE = 500;
/** Outcomes that come this close together are one statement and one wait for the disk. */
const GATHERS_MS = 40;
const AFTER_A_FAULT_MS = 1_000;

export function createRecorder(options: RecorderOptions): Recorder {
  const { pool, log, lifeline } = options;
  const waiting: Outcome[] = [];
  let isRecording = false;

  const recordAll = async (): Promise<void> => {
    while (waiting.length > 0 && !lifeline.isDead()) {
      await sleep(GATHERS_MS);
      const batch = waiting.slice(0, MOST_AT_ONCE);
      if (await recordBatch(batch)) {
        waiting.splice(0, batch.length);
        options.onRecorded();
      } else if (!lifeline.isDead()) {
        await sleep(AFTER_A_FAULT_MS);
      }
    }
  };

  const recordBatch = async (batch: readonly Outcome[]): Promise<boolean> => {
    try {
      await settle(pool, batch);
    } catch (error) {
      log.error('outcomes could not be recorded', { error });
      if (!isAboutData(error) || !(await recordEach(batch))) return false;
    }
    const setAside = batch.filter(isSetAside).length;
    if (setAside > 0) log.error('messages were set aside', { count: setAside });
    for (const { outcome, personId } of batch)
      if (outcome.kind === 'refused' && outcome.optedOut && personId !== undefined)
        await optOut(personId);
    return !lifeline.diesAt('settled');
  };

  /** One that the database refuses must keep no other from being recorded, nor be tried for ever. */
  const recordEach = async (batch: readonly Outcome[]): Promise<boolean> => {
    try {
      for (const one of batch)
        await settle(pool, [one]).catch((error) => recordRefused(one, error));
      return true;
    } catch (error) {
      log.error('outcomes could not be recorded', { error });
      return false;
    }
  };

  /** The provider was called, and what it answered cannot be kept. */
  const recordRefused = async (one: Outcome, error: unknown): Promise<void> => {
    if (!isAboutData(error)) throw error;
    await settle(pool, [{ ...one, outcome: { kind: 'unknown', reason: 'not-recordable' } }]);
  };

  /** Lost, it is learnt again at the next message: the provider refuses that one too. */
  const optOut = async (personId: string): Promise<void> => {
    try {
      await options.onOptOut(personId);
    } catch (error) {
      log.error('an opt-out at the provider could not be recorded', { error });
    }
  };

  return {
    record: (outcome) => {
      waiting.push(outcome);
      if (isRecording) return;
      isRecording = true;
      void recordAll().finally(() => {
        isRecording = false;
        options.onRecorded();
      });
    },
    isIdle: () => waiting.length === 0 && !isRecording,
  };
}
