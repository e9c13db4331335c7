/**
 * What the Teams channel is built with: the settings of one bot, and the program behind it. Without
 * an app id Microsoft's SDK would check no token at all, so nothing is built without one.
 */
import { setTimeout } from 'node:timers/promises';
import type { Receive } from '../../src/channel.ts';
import { type Ambient, systemAmbient } from '../../src/platform/ambient.ts';
import type { TeamsConfig } from '../../src/platform/config.ts';
import type { Log } from '../../src/platform/log.ts';
import type { ChatDesk, ReceiveInChat } from '../../src/shared-chat.ts';

export interface TeamsOptions extends TeamsConfig {
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly organisation: string;
  readonly timeoutMs?: number;
  /** How long a shared card stands before it may be changed again. */
  readonly updateEveryMs?: number;
  readonly ambient?: Pick<Ambient, 'now' | 'below'>;
  /** Waits, before a reply that Teams had no room for is tried again. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface TeamsPorts {
  readonly receive: Receive;
  readonly inChat: ReceiveInChat;
  readonly desk: ChatDesk;
  readonly say: Say;
  /** What people may type for something, in every language, by the name of its list. */
  readonly phrases: (list: string) => readonly string[];
  readonly log: Pick<Log, 'error' | 'warn'>;
}

/** A sentence of the program's own, in the language nearest to the one asked for. */
export type Say = (
  name: string,
  language: string,
  values?: Readonly<Record<string, string>>,
) => string;

export type TeamsSettings = TeamsOptions & {
  readonly timeoutMs: number;
  readonly updateEveryMs: number;
  readonly ambient: Pick<Ambient, 'now' | 'below'>;
  readonly pause: (ms: number) => Promise<unknown>;
};

/** Teams waits fifteen seconds for an answer: one call that hangs must leave room for it. */
const TIMEOUT_MS = 8_000;
/** Each change makes the client of every member ask anew, over what somebody may be typing. */
const UPDATE_EVERY_MS = 30_000;

export function teamsSettings(options: TeamsOptions): TeamsSettings {
  if (options.appId.trim() === '' || options.appPassword === '' || options.tenantIds.length === 0)
    throw new Error('Teams needs an app id, its secret and a directory: it never runs unchecked');
  return {
    ...options,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    updateEveryMs: options.updateEveryMs ?? UPDATE_EVERY_MS,
    ambient: options.ambient ?? systemAmbient,
    pause: options.pause ?? ((ms) => setTimeout(ms)),
  };
}
