/**
 * The spending ceiling. The money for telling everyone what happened is kept back from the launch
 * on, for everyone who could take part; so new invitations stop first, and the promise to the people
 * who answered is the last thing that money runs out for.
 */
import { listConsultations } from '../consultation/consultations.ts';
import {
  financialYearOf,
  holdInvitations,
  letInvitationsGo,
  spentParts,
} from '../delivery/spending.ts';
import { broadcastsOf } from '../feedback/broadcasts.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import { ratingPrompt } from './rating-prompt.ts';
import { smsCost } from './sms-cost.ts';
import type { World } from './world.ts';

/** A feedback as long as it should ever be; the question back comes on top. */
const FEEDBACK_PARTS = 3;

/** In parts of text messages. */
export interface Spending {
  readonly spent: number;
  readonly planned: number;
  /** For feedback that is still owed. */
  readonly reserved: number;
  readonly ceiling: number;
}

/** Undefined where no ceiling is set. */
export async function spending(world: World): Promise<Spending | undefined> {
  const { partPence, ceilingPounds } = world.sending;
  if (ceilingPounds === undefined || partPence === undefined || partPence === 0) return undefined;
  const today = isoDay(world.ambient.now(), world.installation.timeZone);
  const { spent, planned } = await spentParts(world.pool, financialYearOf(today));
  return {
    spent,
    planned,
    reserved: await reservedParts(world),
    ceiling: (ceilingPounds * 100) / partPence,
  };
}

/** Parts that may still be promised to anybody. */
export function roomOf({ spent, planned, reserved, ceiling }: Spending): number {
  return ceiling - spent - planned - reserved;
}

/** Every minute: invitations stop at the ceiling, and go on when there is room again. */
export async function keepToCeiling(world: World): Promise<'held' | 'let-go' | 'unchanged'> {
  const now = await spending(world);
  if (now !== undefined && now.spent + now.reserved >= now.ceiling) {
    return (await holdInvitations(world.pool)) > 0 ? 'held' : 'unchanged';
  }
  return (await letInvitationsGo(world.pool)) > 0 ? 'let-go' : 'unchanged';
}

/** What telling one person what happened may cost. */
export function feedbackReserve(world: World, language: string): number {
  const question = ratingPrompt(world.words, { channel: 'sms', language });
  return FEEDBACK_PARTS + smsCost(world, [question]);
}

async function reservedParts(world: World): Promise<number> {
  const all = (await listConsultations(world.pool)).map((one) => one.id);
  const told = new Set(
    (await broadcastsOf(world.pool, all)).map((broadcast) => broadcast.consultationId),
  );
  const owed = await peopleByLanguage(
    world.pool,
    all.filter((id) => !told.has(id)),
  );
  return owed.reduce(
    (sum, { language, people }) => sum + people * feedbackReserve(world, language),
    0,
  );
}

/** Everyone who takes part or was invited, once for each of these consultations. */
async function peopleByLanguage(
  tx: Queryable,
  consultationIds: readonly string[],
): Promise<readonly { readonly language: string; readonly people: number }[]> {
  const { rows } = await tx.query<{ language: string; people: number }>(
    `select coalesce(p.language, 'en') as language, count(*)::int as people
     from (select person_id from conv.participation where consultation_id = any($1::uuid[])
           union all
           select person_id from conv.invitation where consultation_id = any($1::uuid[])) t
     join conv.person p on p.id = t.person_id
     where p.channel = 'sms' and not p.stopped
     group by 1`,
    [consultationIds],
  );
  return rows;
}
