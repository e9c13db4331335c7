/**
 * The spending ceiling. The money for telling everyone what happened is kept back from the launch
 * on, for everyone who could take part; so new invitations and reminders stop first, and the promise
 * to the people who answered is the last thing that money runs out for.
 */
import { listConsultations } from '../consultation/consultations.ts';
import {
  financialYearOf,
  holdInvitations,
  letInvitationsGo,
  spentParts,
} from '../delivery/spending.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import { reminderParts, reservedParts } from './still-owed.ts';
import type { World } from './world.ts';

/** In parts of text messages. */
export interface Spending {
  readonly spent: number;
  readonly planned: number;
  /** The part of the planned that can be held back. */
  readonly invitations: number;
  /** For the one reminder to everyone who was invited and is silent. */
  readonly reminders: number;
  /** For feedback that is still owed. */
  readonly reserved: number;
  readonly ceiling: number;
}

/** Undefined where no ceiling is set. */
export async function spending(
  world: World,
  db: Queryable = world.pool,
): Promise<Spending | undefined> {
  const { partPence, ceilingPounds } = world.sending;
  if (ceilingPounds === undefined || partPence === undefined || partPence === 0) return undefined;
  const today = isoDay(world.ambient.now(), world.installation.timeZone);
  const consultations = await listConsultations(db);
  return {
    ...(await spentParts(db, financialYearOf(today))),
    reminders: await reminderParts(world, db, consultations),
    reserved: await reservedParts(world, db, consultations),
    ceiling: (ceilingPounds * 100) / partPence,
  };
}

/** Parts that may still be promised to anybody. */
export function roomOf({ spent, planned, reminders, reserved, ceiling }: Spending): number {
  return ceiling - spent - planned - reminders - reserved;
}

/** What inviting people costs, in parts. */
export interface FirstCost {
  readonly parts: number;
  /** If all of them stay silent. */
  readonly reminders: number;
  /** If all of them take part: telling them what happened. */
  readonly reserve: number;
}

export type Fitting =
  | { readonly kind: 'fits' }
  | { readonly kind: 'too-dear'; readonly cost: FirstCost; readonly now: Spending };

/** New invitations stop first: they must leave the money for telling everyone what happened. */
export async function fitting(world: World, db: Queryable, cost: FirstCost): Promise<Fitting> {
  const parts = cost.parts + cost.reminders + cost.reserve;
  if (parts === 0) return { kind: 'fits' };
  const now = await spending(world, db);
  return now === undefined || parts <= roomOf(now)
    ? { kind: 'fits' }
    : { kind: 'too-dear', cost, now };
}

/** Every minute: invitations stop at the ceiling, and go on when there is room again. */
export async function keepToCeiling(world: World): Promise<'held' | 'let-go' | 'unchanged'> {
  const now = await spending(world);
  if (now !== undefined && !mayWriteFirst(world, now)) {
    return (await holdInvitations(world.pool)) > 0 ? 'held' : 'unchanged';
  }
  return (await letInvitationsGo(world.pool)) > 0 ? 'let-go' : 'unchanged';
}

/** Parts that reminders to the silent may take now; none while invitations are held. */
export async function roomToWriteFirst(world: World): Promise<number> {
  const now = await spending(world);
  if (now === undefined) return Number.POSITIVE_INFINITY;
  return mayWriteFirst(world, now) ? leftBesideFeedback(now) : 0;
}

/** They go until the next look, so there must be room for all that leaves by then. */
function mayWriteFirst({ sending }: World, now: Spending): boolean {
  const aMinute = sending.partsPerSecond * 60;
  return leftBesideFeedback(now) >= Math.min(now.invitations, aMinute);
}

/** What is planned and is no invitation goes in any case: feedback, and what was promised with it. */
function leftBesideFeedback({ spent, planned, invitations, reserved, ceiling }: Spending): number {
  return ceiling - spent - (planned - invitations) - reserved;
}
