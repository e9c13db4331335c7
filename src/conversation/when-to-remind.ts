/**
 * Which consultations may remind people now. A reminder is planned only when it can leave at once:
 * one that waited for the hours could reach somebody who has answered since, or whose consultation
 * has closed.
 */
import { type Consultation, listConsultations } from '../consultation/consultations.ts';
import { hoursFor, openHours } from '../delivery/hours.ts';
import type { Flow } from '../flow/flow.ts';
import type { World } from './world.ts';

/** What is planned later than this before the hours close might wait for the next day. */
const LEAVES_WITHIN_MS = 10 * 60_000;

export interface Reminding {
  readonly consultation: Consultation;
  readonly flow: Flow;
  /** The silence before the one reminder. */
  readonly afterMs: number;
}

export async function remindingNow(world: World): Promise<readonly Reminding[]> {
  const open = openHours(world.ambient.now(), world.sending.hours, LEAVES_WITHIN_MS);
  const hours = new Set(open.map((one) => one.hours));
  if (hours.size === 0) return [];
  const reminding: Reminding[] = [];
  for (const consultation of await listConsultations(world.pool)) {
    if (consultation.state === 'closed') continue;
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    const { reminderAfterMs: afterMs } = flow;
    if (afterMs !== undefined && hours.has(hoursFor(flow.ages)))
      reminding.push({ consultation, flow, afterMs });
  }
  return reminding;
}
