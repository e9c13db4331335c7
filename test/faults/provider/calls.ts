/**
 * What becomes of a call that asks the provider to send. Faults are dealt from a deck, so that a run
 * meets each of them; a call that one cannot befall just now is answered.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import { createDeck } from '../deck.ts';
import { FOR_GOOD, TRICKS, type Trick } from '../faults.ts';
import type { Tally } from '../tally.ts';
import { keepSilent } from './long-silence.ts';
import type { Reporter } from './reporter.ts';
import { answer, arrives, closesWithin, nonceIn, type Taken } from './wire.ts';

/** What a call may do to the machine that makes it. */
export interface Harm {
  readonly mayBeHarmed: (machine: number) => boolean;
  readonly spare: (machine: number, spared: boolean) => void;
  /** False when it was down already. */
  readonly kill: (machine: number) => boolean;
  /** For good. */
  readonly lose: (machine: number) => void;
  /** Stopped while its leases end, then goes on; false when no lease of an attempt ended. */
  readonly stopPastItsLease: (machine: number) => Promise<boolean>;
}

export interface Calls {
  readonly take: (
    machine: number,
    form: URLSearchParams,
    response: ServerResponse,
  ) => Promise<void>;
  /** From now on the machine that is to be lost may be. */
  readonly loseOne: () => void;
  readonly whileCalled: (to: string, during: () => Promise<unknown>) => void;
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
  /** The machine that never comes back from a call. */
  readonly lost: number | undefined;
  /** The numbers whose owners opted out at the provider itself. */
  readonly optedOutHere: ReadonlySet<string>;
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

export function createCalls(options: CallsOptions): Calls {
  const { chance, tally, harm, reports } = options;
  const tricks = createDeck(chance.apart('tricks'), TRICKS);
  const troubled: string[] = [];
  const called: string[] = [];
  const badLuck = new Map<string, number>();
  const meanwhile = new Map<string, () => Promise<unknown>>();
  let storming = 0;
  let isSilent = false;
  let isLosing = false;

  const isPossible = (machine: number) => (trick: Trick) =>
    trick.startsWith('killed') || trick.startsWith('stopped')
      ? harm.mayBeHarmed(machine)
      : // To the patient one a short silence is a slow answer.
        !(trick.startsWith('silence') && machine === options.patient);

  const trickFor = (machine: number, to: string, itsOwn: Chance): Trick | undefined => {
    if (options.isRecovered()) return undefined;
    if (storming > 0) return '429 storm';
    const luck = badLuck.get(to) ?? 0;
    const isUnlucky = options.unlucky.has(to) && luck < UNLUCKY_CALLS;
    if (isUnlucky) badLuck.set(to, luck + 1);
    // After that they have all the luck: whoever needs help must get it within the bound.
    if (options.unlucky.has(to) !== isUnlucky) return undefined;
    const isNew = TRICKS.some((trick) => tally.count(trick) === 0);
    if (!isUnlucky && !itsOwn.happens(isNew ? MISBEHAVES.atFirst : MISBEHAVES.later))
      return undefined;
    const isNext = isPossible(machine);
    return tricks.deal((trick) => tally.count(trick) === 0 && isNext(trick)) ?? tricks.deal(isNext);
  };

  /** True when the machine met it. */
  const play = async (
    trick: Trick,
    machine: number,
    form: URLSearchParams,
    response: ServerResponse,
  ): Promise<boolean> => {
    if (trick === '429 storm') {
      storming = storming > 0 ? storming - 1 : STORM - 1;
      response.setHeader('retry-after', '1');
      return arrives(response, () => answer(response, 429, { code: 20429 }));
    }
    if (trick === 'killed in its call') {
      const isKilled = harm.kill(machine);
      response.socket?.destroy();
      return isKilled;
    }
    const message = isTaken(trick) ? options.take(form) : undefined;
    if (message) await reports.before(message);
    const isMet = await befall(trick, machine, message, response);
    if (message) reports.after(message);
    return isMet;
  };

  const befall = async (
    trick: Trick,
    machine: number,
    message: Taken | undefined,
    response: ServerResponse,
  ): Promise<boolean> => {
    if (trick.startsWith('silence')) {
      const isGivenUp = await closesWithin(response, SILENCE_MS);
      response.destroy();
      return isGivenUp;
    }
    if (trick === 'killed in its call after taking') {
      const isKilled = harm.kill(machine);
      response.socket?.destroy();
      return isKilled;
    }
    if (trick === 'slow') await sleep(200 + chance.inTurn('slow').below(1_000));
    const isStopped = trick.startsWith('stopped') && (await harm.stopPastItsLease(machine));
    if (trick.startsWith('reset')) {
      const wasThere = response.socket?.destroyed === false;
      response.socket?.resetAndDestroy();
      return wasThere;
    }
    const hasArrived = await arrives(response, () => reply(trick, message, response));
    return trick.startsWith('stopped') ? isStopped : hasArrived;
  };

  const takeWell = async (
    form: URLSearchParams,
    response: ServerResponse,
    during: () => Promise<unknown>,
  ): Promise<void> => {
    const message = options.take(form);
    await during();
    await reports.before(message);
    reply(undefined, message, response);
    reports.after(message);
  };

  const loses = (machine: number): boolean =>
    isLosing && machine === options.lost && harm.mayBeHarmed(machine);

  return {
    troubled,
    called,
    loseOne: () => {
      isLosing = true;
    },
    whileCalled: (to, during) => {
      meanwhile.set(to, during);
    },
    take: async (machine, form, response) => {
      const to = form.get('To') ?? '';
      called.push(nonceIn(form));
      if (options.optedOutHere.has(to)) {
        tally.note('opted out at the provider');
        return answer(response, 400, { code: 21610 });
      }
      if (loses(machine)) {
        troubled.push(nonceIn(form));
        isLosing = false;
        harm.lose(machine);
        response.socket?.destroy();
        return tally.note(FOR_GOOD);
      }
      const during = meanwhile.get(to);
      if (during) {
        meanwhile.delete(to);
        return takeWell(form, response, during);
      }
      if (machine === options.patient && !isSilent && tally.count('silence of 35 s') === 0) {
        isSilent = true;
        const message = options.take(form);
        await keepSilent(harm, machine, response, () => tally.note('silence of 35 s'));
        isSilent = false;
        return reports.after(message);
      }
      const trick = trickFor(machine, to, chance.inTurn(`call for ${to}`));
      if (trick === undefined) return takeWell(form, response, async () => {});
      troubled.push(nonceIn(form));
      if (await play(trick, machine, form, response)) tally.note(trick);
    },
  };
}

function isTaken(trick: Trick): boolean {
  if (trick === 'slow') return true;
  return trick.endsWith('after taking') || trick.startsWith('stopped');
}

function reply(
  trick: Trick | undefined,
  message: Taken | undefined,
  response: ServerResponse,
): void {
  const status = Number(trick?.slice(0, 3));
  if (status >= 500) answer(response, status, {});
  else if (trick?.startsWith('garbage')) response.writeHead(200).end('<html>It works!</html>');
  else if (message) answer(response, 201, { sid: message.sid, status: 'queued' });
  else response.socket?.destroy();
}
