/**
 * Every fault that the runs inject, by the name under which it is counted. A fault counts only when
 * its effect was seen: a kill that killed, a silence that was given up on, a lease that somebody's
 * sweep found over, a refusal that a machine met.
 */
import type { FaultPoint } from '../../src/delivery/lifeline.ts';
import type { ReleasePoint } from '../../src/privacy/release-tools.ts';

/** What the provider does to a call, on its own account. */
export const TRICKS = [
  '429 storm',
  '500',
  '502',
  '504',
  '500 after taking',
  'reset',
  'reset after taking',
  'garbage',
  'garbage after taking',
  'silence',
  'silence after taking',
  'slow',
  'killed in its call',
  'killed in its call after taking',
  'stopped past its lease, and goes on',
] as const;
export type Trick = (typeof TRICKS)[number];

/** What the provider reports of a message that it took. */
export const REPORTS = [
  'report before the answer',
  'report never',
  'report late',
  'report three days late',
  'report 50 at once',
  'report 1,000 times',
  'report delivered, then queued',
  'report undelivered, then delivered',
  'report with an unknown nonce',
  'report with a used nonce',
  'report with an unknown word',
] as const;
export type ReportFault = (typeof REPORTS)[number];

export const TALK_MISHAPS = [
  'a machine is killed',
  'connections break',
  'a machine gets no connection',
  'every query waits',
  'the database restarts',
  'turns fail to serialise',
  'two transactions wait for each other',
] as const;
export const BROADCAST_MISHAPS = [
  'statements end as in a deadlock',
  'two machines are killed',
  'the database restarts in mid-broadcast',
  'sending fails to serialise',
  'the provider refuses connections',
  'leases end under those who work',
] as const;
export type MishapName = (typeof TALK_MISHAPS)[number] | (typeof BROADCAST_MISHAPS)[number];

/** In every run, besides the tricks and the reports. */
export const ALWAYS = [
  'silence of 35 s',
  'a list that cannot be read',
  'opted out at the provider',
  'a text 50 times at once',
  'a text 1,000 times',
  'two texts in one second',
  'a reply to the previous question',
  'a phone hangs up on a signpost',
  'a reminder meets a fault',
  'a signpost meets a fault',
  'poison: cannot be opened',
  'poison: no way to its address',
  'STOP races the broadcast',
  'DELETE during a release',
] as const;

/** Others go on, and must see what it left. */
export const FOR_GOOD = 'a machine is killed in its call, and never comes back' as const;

export type Fault =
  | Trick
  | ReportFault
  | MishapName
  | (typeof ALWAYS)[number]
  | typeof FOR_GOOD
  | `killed at ${FaultPoint}`
  | `killed at ${FaultPoint} in the feedback`
  | `release killed at ${ReleasePoint}`;

export const DISPATCHER_POINTS = [
  'claimed',
  'attempt-committed',
  'answered',
  'settled',
] as const satisfies readonly FaultPoint[];
const RELEASE_POINTS = [
  'batch-closed',
  'locked',
  'stored',
  'carried',
  'dropped',
  'committed',
  'key-destroyed',
] as const satisfies readonly ReleasePoint[];

export const FAULTS: readonly Fault[] = [
  ...DISPATCHER_POINTS.map((point) => `killed at ${point}` as const),
  ...DISPATCHER_POINTS.map((point) => `killed at ${point} in the feedback` as const),
  FOR_GOOD,
  ...RELEASE_POINTS.map((point) => `release killed at ${point}` as const),
  ...TRICKS,
  ...REPORTS,
  ...TALK_MISHAPS,
  ...BROADCAST_MISHAPS,
  ...ALWAYS,
];
