/**
 * Deletes what has outlived its time, store by store, and gives the proof: for each what the rule
 * is, what went and what the oldest is that is left. A rule that fails keeps no other from running.
 */
import type { Heard } from '../app.ts';
import { listConsultations } from '../consultation/consultations.ts';
import {
  conversationKeyDays,
  keepConversations,
  keepInvitations,
  keepMarks,
  keepParticipations,
  keepPeople,
} from '../conversation/retention.ts';
import {
  keepBodies,
  keepContactDays,
  keepContents,
  keepCopies,
  keepOutbox,
  outboxKeyDays,
} from '../delivery/retention.ts';
import { daysOfScores } from '../feedback/rating.ts';
import { keepRatings } from '../feedback/retention.ts';
import { keepChatMarks, keepChats, keepTakingPart } from '../groups/retention.ts';
import { eventsKept } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Kept } from '../platform/kept.ts';
import { keepErasures } from '../privacy/erasures.ts';
import {
  destroyFreeTextKeys,
  keepBatchKeys,
  keepDayKeys,
  keepOptOuts,
} from '../privacy/retention.ts';
import { keepBackings, keepIssues } from '../raised/retention.ts';
import { consultationsWithRawText, keepRawTexts } from '../results/retention.ts';
import { keepCases } from '../safeguarding/retention.ts';

export interface Retained {
  readonly kept: readonly Kept[];
  /** How many rules failed; the log says which. */
  readonly failed: number;
}

/** Keys go last: what was sealed under them must be gone first. */
export async function retain(heard: Heard): Promise<Retained> {
  const { world, log } = heard;
  const { pool, keys, ambient } = world;
  const today = isoDay(ambient.now());
  const rules: readonly (() => Promise<Kept>)[] = [
    () => keepConversations(world),
    () => keepMarks(world),
    () => keepParticipations(world),
    () => keepInvitations(world),
    () => keepBodies(pool),
    () => keepOutbox(pool),
    () => keepContents(pool),
    () => keepContactDays(pool),
    () => keepCopies(pool),
    () => keepRatings(pool, today),
    () => keepChatMarks(pool, today),
    () => keepTakingPart(pool, today),
    () => keepChats(pool, today),
    () => keepBackings(pool, today),
    () => keepIssues(pool, today),
    () => keepPeople(world),
    () => keepRawTexts(pool, today),
    () => keepCases(pool, today),
    () => keepDays(heard),
    () => keepBatchKeys(pool, keys),
    () => keepErasures(pool),
    () => keepOptOuts(pool),
    () => eventsKept(pool),
  ];
  const kept: Kept[] = [];
  let failed = 0;
  for (const rule of rules) {
    try {
      kept.push(await rule());
    } catch (error) {
      failed += 1;
      log.error('a retention rule failed', { error });
    }
  }
  await endFreeTextKeys(heard);
  const alerts = kept.filter((one) => one.alert !== undefined).length;
  if (alerts > 0) log.warn('retention found what needs a look: heard retention', { count: alerts });
  return { kept, failed };
}

async function keepDays({ world }: Heard): Promise<Kept> {
  const { pool, keys, ambient } = world;
  const inUse = new Set([
    ...(await conversationKeyDays(pool)),
    ...(await outboxKeyDays(pool)),
    ...(await daysOfScores(pool)),
  ]);
  return keepDayKeys(keys, ambient, inUse);
}

async function endFreeTextKeys({ world }: Heard): Promise<void> {
  const { pool, keys } = world;
  const needed = await consultationsWithRawText(pool);
  const over = (await listConsultations(pool)).filter(
    ({ id, state }) => state === 'closed' && !needed.has(id),
  );
  await destroyFreeTextKeys(
    pool,
    keys,
    over.map(({ id }) => id),
  );
}
