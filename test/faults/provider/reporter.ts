/**
 * What the provider reports of the messages that it took: in time, before its own answer, never,
 * days late, in any order, many times over, and under nonces and in words that nobody knows.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chance, sidFrom } from '../chance.ts';
import { createDeck } from '../deck.ts';
import { REPORTS, type ReportFault } from '../faults.ts';
import { inLanes } from '../lanes.ts';
import type { Fields, Posted } from '../signed-post.ts';
import type { Tally } from '../tally.ts';
import type { Taken } from './wire.ts';

/** How Heard answered a status callback. */
export interface CallbackAnswer {
  /** strange: the nonce is known, and the message is none of ours. */
  readonly about: 'taken' | 'strange' | 'unknown' | 'nonsense';
  readonly status: number;
  /** Of what, and what was reported of it. */
  readonly nonce: string;
  readonly reported: string;
}

export interface Reporting {
  readonly chance: Chance;
  readonly tally: Tally;
  readonly accountSid: string;
  /** Brings a report to any machine until one takes it. */
  readonly bring: (chance: Chance, path: string, fields: Fields) => Promise<Posted>;
}

export interface Reporter {
  /** While the machine still waits for the answer to its call. */
  readonly before: (message: Taken) => Promise<void>;
  readonly after: (message: Taken) => void;
  /** Sends what was held back, and waits for all that is under way. */
  readonly late: () => Promise<void>;
  readonly threeDaysLate: () => Promise<void>;
  /** Left out of the provider's list. */
  readonly isUnlisted: (message: Taken) => boolean;
  readonly answers: readonly CallbackAnswer[];
}

type Plan = ReportFault | 'usual';
const USUAL = 5;
/** These cost a second and more of this machine. */
const MOST_OFTEN: Readonly<Partial<Record<Plan, number>>> = {
  'report 50 at once': 2,
  'report 1,000 times': 1,
};
const LANES = 50;

export function createReporter({ chance, tally, accountSid, bring }: Reporting): Reporter {
  const deck = createDeck<Plan>(chance.apart('reports'), [
    ...REPORTS,
    ...Array.from({ length: USUAL }, () => 'usual' as const),
  ]);
  const plans = new Map<string, Plan>();
  const dealt = new Map<Plan, number>();
  const answers: CallbackAnswer[] = [];
  const heldBack = new Map<Plan, Taken[]>();
  const underWay = new Set<Promise<void>>();

  const report = async (
    about: CallbackAnswer['about'],
    { sid, nonce, to }: Omit<Taken, 'body'>,
    status: string,
  ): Promise<void> => {
    const posted = await bring(chance.inTurn(`about ${to}`), `/channels/sms/status/${nonce}`, {
      AccountSid: accountSid,
      MessageSid: sid,
      MessageStatus: status,
      ...(status === 'undelivered' ? { ErrorCode: '30003' } : {}),
    });
    answers.push({ about, status: posted.status, nonce, reported: status });
  };
  const tell = async (message: Taken, ...statuses: readonly string[]): Promise<void> => {
    for (const status of statuses) await report('taken', message, status);
  };

  const planFor = (message: Taken): Plan => {
    const isAllowed = (plan: Plan): boolean =>
      (dealt.get(plan) ?? 0) < (MOST_OFTEN[plan] ?? Number.POSITIVE_INFINITY);
    const plan = deck.deal(isAllowed) ?? 'usual';
    dealt.set(plan, (dealt.get(plan) ?? 0) + 1);
    plans.set(message.sid, plan);
    return plan;
  };

  const carryOut = async (message: Taken): Promise<void> => {
    await sleep(chance.apart(message.sid).below(150));
    const plan = plans.get(message.sid) ?? planFor(message);
    await asPlanned(plan, message);
    if (plan !== 'usual' && !NOTED_ELSEWHERE.has(plan)) tally.note(plan);
  };

  const asPlanned = (plan: Plan, message: Taken): Promise<void> => {
    switch (plan) {
      case 'usual':
        return tell(message, 'sent', 'delivered');
      case 'report before the answer':
        return tell(message, 'sent');
      case 'report delivered, then queued':
        return tell(message, 'delivered', 'queued', 'sent');
      case 'report undelivered, then delivered':
        return tell(message, 'sent', 'undelivered', 'delivered');
      case 'report 50 at once':
        return inLanes(LANES, 50, () => tell(message, 'delivered'));
      case 'report 1,000 times':
        return inLanes(LANES, 1_000, () => tell(message, 'delivered'));
      case 'report with an unknown nonce':
        return report('unknown', { ...message, nonce: randomUUID() }, 'delivered');
      case 'report with a used nonce':
        return tell(message, 'delivered').then(() =>
          report('strange', { ...message, sid: sidFrom(chance.apart(message.sid)) }, 'failed'),
        );
      case 'report with an unknown word':
        return report('nonsense', message, 'teleported');
      case 'report late':
      case 'report three days late':
        heldBack.set(plan, [...(heldBack.get(plan) ?? []), message]);
        return Promise.resolve();
      case 'report never':
        return Promise.resolve();
    }
  };

  const start = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work)).catch(() => {});
  };
  const sendHeldBack = async (plan: ReportFault): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
    for (const message of heldBack.get(plan) ?? []) {
      await tell(message, 'delivered');
      tally.note(plan);
    }
    heldBack.delete(plan);
  };

  return {
    answers,
    before: async (message) => {
      if (planFor(message) !== 'report before the answer') return;
      await tell(message, 'delivered');
      tally.note('report before the answer');
    },
    after: (message) => start(carryOut(message)),
    late: () => sendHeldBack('report late'),
    threeDaysLate: () => sendHeldBack('report three days late'),
    isUnlisted: ({ sid }) => plans.get(sid) === 'report three days late',
  };
}

/** As they come about: before the answer, or at last. */
const NOTED_ELSEWHERE: ReadonlySet<Plan> = new Set([
  'report before the answer',
  'report late',
  'report three days late',
]);
