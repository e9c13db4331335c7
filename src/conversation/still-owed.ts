/**
 * What text messages may still be owed, in parts: telling people what happened, and the one reminder
 * to the silent. It counts everyone who could take part; who stopped is owed nothing.
 */
import type { Consultation } from '../consultation/consultations.ts';
import { type BroadcastFigures, broadcastFigures } from '../delivery/broadcast-figures.ts';
import { broadcastsOf } from '../feedback/broadcasts.ts';
import type { Queryable } from '../platform/postgres.ts';
import { ratingPrompt } from './rating-prompt.ts';
import { reminderText } from './reminder-text.ts';
import { smsCost } from './sms-cost.ts';
import type { World } from './world.ts';

/** A feedback as long as it should ever be; the question back comes on top. */
const FEEDBACK_PARTS = 3;

/** What telling one person what happened may cost. */
export function feedbackReserve(world: World, language: string): number {
  const question = ratingPrompt(world.words, { channel: 'sms', language });
  return FEEDBACK_PARTS + smsCost(world, [question]);
}

export async function reservedParts(
  world: World,
  db: Queryable,
  consultations: readonly Consultation[],
): Promise<number> {
  const owed = await stillOwed(db, consultations);
  const people = await peopleByLanguage(db, owed);
  return people.reduce(
    (sum, one) => sum + one.people * feedbackReserve(world, one.language ?? 'en'),
    0,
  );
}

/**
 * While answers are taken feedback is owed, whatever was told meanwhile. After that it is until it
 * was sent to everyone: not where it was cancelled, nor where trial mode left people out.
 */
async function stillOwed(
  db: Queryable,
  consultations: readonly Consultation[],
): Promise<readonly string[]> {
  const told = await broadcastsOf(
    db,
    consultations.filter((one) => one.state === 'closed').map((one) => one.id),
  );
  const figuresOf = await broadcastFigures(
    db,
    told.map((one) => one.id),
  );
  const isTold = ({ id, closedOn = '' }: Consultation): boolean =>
    told.some(
      (one) =>
        one.consultationId === id && one.plannedOn >= closedOn && wentToAll(figuresOf(one.id)),
    );
  return consultations.filter((one) => !isTold(one)).map((one) => one.id);
}

const LEAVES_OWED = ['cancelled', 'trial', 'trial-limit'];

function wentToAll({ planned, refusedFor }: BroadcastFigures): boolean {
  return planned > 0 && LEAVES_OWED.every((reason) => refusedFor[reason] === undefined);
}

export async function reminderParts(
  world: World,
  db: Queryable,
  consultations: readonly Consultation[],
): Promise<number> {
  const { rows } = await db.query<PeopleOf & { readonly consultation: string }>(
    `select i.consultation_id as consultation, p.language, count(*)::int as people
     from conv.invitation i join conv.person p on p.id = i.person_id
     where i.remind_at is not null and not p.stopped group by 1, 2`,
  );
  let parts = 0;
  for (const { id, flow, version } of consultations) {
    for (const { language, people } of rows.filter((row) => row.consultation === id)) {
      const prompts = reminderText(
        world,
        await world.flows.flow(flow, version),
        language ?? undefined,
      );
      parts += people * smsCost(world, prompts);
    }
  }
  return parts;
}

interface PeopleOf {
  readonly language: string | null;
  readonly people: number;
}

/** Everyone who takes part or was invited, once for each of these consultations. */
async function peopleByLanguage(
  db: Queryable,
  consultationIds: readonly string[],
): Promise<readonly PeopleOf[]> {
  const { rows } = await db.query<PeopleOf>(
    `select p.language, count(*)::int as people
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
