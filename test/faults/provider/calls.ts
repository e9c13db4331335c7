/**
 * What becomes of a call that asks the provider to send. Faults are dealt from a deck, so that a run
 * meets each of them; a call that one cannot befall just now is answered.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import { createDeck } from '../deck.ts';
import { TRICKS, type Trick } from '../faults.ts';
import type { Tally } from '../tally.ts';
import { keepSilent } from './long-silence.ts';
import type { Reporter } from './reporter.ts';
import { answer, nonceIn, type Taken } from './wire.ts';

/** What a call may do to the machine that makes it. */
export interface Harm {
  readonly mayBeHarmed: (machine: number) => boolean;
  readonly spare: (machine: number, spared: boolean) => void;
  readonly kill: (machine: number) => void;
  /** Stopped while its leases end, then goes on; false when no lease of an attempt ended. */
  readonly stopPastItsLease: (machine: number) => Promise<boolean>;
}

export interface Calls {
  readonly take: (
    machine: number,
    form: URLSearchParams,
    response: ServerResponse,
  ) => Promise<void>;
  /** The nonces of calls that did not simply get their answer. */
  readonly troubled: readonly string[];
  /** The nonces of all calls. */
  readonly called: readonly string[];
}

/** Whom the provider treats badly, and how. */
export interface Treatment {
  readonly chance: Chance;
  readonly tally: Tally;
  readonly harm: Harm;
  /** The machine whose calls wait as long as the program does in use. */
  readonly patient: number;
  /** The numbers whose owners opted out at the provider itself. */
  readonly optedOutHere: ReadonlySet<string>;
  /** What goes to these is never taken. */
  readonly neverTaken: ReadonlySet<string>;
  /** The first calls for these always misbehave. */
  readonly unlucky: ReadonlySet<string>;
}

export interface CallsOptions extends Treatment {
  readonly take: (form: URLSearchParams) => Taken;
  readonly reports: Pick<Reporter, 'before' | 'after'>;
  readonly isRecovered: () => boolean;
}

/** More often until every trick was played. */
const MISBEHAVES = { atFirst: 0.6, later: 0.25 };
const UNLUCKY_CALLS = 2;
/** Longer than the machines of these runs wait (under-faults/stand-ins.ts). */
const SILENCE_MS = 2_500;
const STORM = 4;
/** Our fault and not the person's, says the provider each time: a number it may not send from. */
const MAY_NOT = { code: 21606 };

export function createCalls(options: CallsOptions): Calls {
  const { chance, tally, harm, reports } = options;
  const tricks = createDeck(chance.apart('tricks'), TRICKS);
  const troubled: string[] = [];
  const called: string[] = [];
  const badLuck = new Map<string, number>();
  let storming = 0;
  let isSilent = false;

  const isPossible = (machine: number) => (trick: Trick) =>
    !(trick.startsWith('killed') || trick.startsWith('stopped')) || harm.mayBeHarmed(machine);

  const trickFor = (machine: number, to: string): Trick | undefined => {
    if (options.isRecovered()) return undefined;
    if (storming > 0) return '429 storm';
    const luck = badLuck.get(to) ?? 0;
    const isUnlucky = options.unlucky.has(to) && luck < UNLUCKY_CALLS;
    if (isUnlucky) badLuck.set(to, luck + 1);
    // After that they have all the luck: whoever needs help must get it within the bound.
    if (options.unlucky.has(to) !== isUnlucky) return undefined;
    const isNew = TRICKS.some((trick) => tally.count(trick) === 0);
    if (!isUnlucky && !chance.happens(isNew ? MISBEHAVES.atFirst : MISBEHAVES.later))
      return undefined;
    const isNext = isPossible(machine);
    return tricks.deal((trick) => tally.count(trick) === 0 && isNext(trick)) ?? tricks.deal(isNext);
  };

  const play = async (
    trick: Trick | undefined,
    machine: number,
    form: URLSearchParams,
    response: ServerResponse,
  ): Promise<void> => {
    if (trick === '429 storm') {
      storming = storming > 0 ? storming - 1 : STORM - 1;
      response.setHeader('retry-after', '1');
      return answer(response, 429, { code: 20429 });
    }
    if (trick === 'killed in its call') {
      harm.kill(machine);
      response.socket?.destroy();
      return;
    }
    const message = isTaken(trick) ? options.take(form) : undefined;
    if (message) await reports.before(message);
    await befall(trick, machine);
    reply(trick, message, response);
    if (message) reports.after(message);
  };

  const befall = async (trick: Trick | undefined, machine: number): Promise<void> => {
    if (trick === 'killed in its call after taking') harm.kill(machine);
    if (trick === 'slow') await sleep(200 + chance.below(1_000));
    if (trick?.startsWith('silence')) await sleep(SILENCE_MS);
    if (trick?.startsWith('stopped') && (await harm.stopPastItsLease(machine)))
      tally.note('stopped past its lease, and goes on');
  };

  return {
    troubled,
    called,
    take: async (machine, form, response) => {
      const to = form.get('To') ?? '';
      called.push(nonceIn(form));
      if (options.optedOutHere.has(to)) {
        tally.note('opted out at the provider');
        return answer(response, 400, { code: 21610 });
      }
      if (options.neverTaken.has(to)) return answer(response, 400, MAY_NOT);
      if (machine === options.patient && !isSilent && tally.count('silence of 35 s') === 0) {
        isSilent = true;
        const message = options.take(form);
        await keepSilent(harm, machine, response, () => tally.note('silence of 35 s'));
        isSilent = false;
        return reports.after(message);
      }
      const trick = trickFor(machine, to);
      if (trick) troubled.push(nonceIn(form));
      if (trick && !trick.startsWith('stopped')) tally.note(trick);
      await play(trick, machine, form, response);
    },
  };
}

function isTaken(trick: Trick | undefined): boolean {
  if (trick === undefined || trick === 'slow') return true;
  return trick.endsWith('after taking') || trick.startsWith('stopped');
}

function reply(
  trick: Trick | undefined,
  message: Taken | undefined,
  response: ServerResponse,
): void {
  const status = Number(trick?.slice(0, 3));
  if (status >= 500) answer(response, status, {});
  else if (trick?.startsWith('reset')) response.socket?.resetAndDestroy();
  else if (trick?.startsWith('garbage')) response.writeHead(200).end('<html>It works!</html>');
  else if (message) answer(response, 201, { sid: message.sid, status: 'queued' });
  else response.socket?.destroy();
}
