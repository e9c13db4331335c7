/**
 * Deletes what has outlived its time, store by store, and gives the proof: for each what the rule
 * is, what went and what the oldest is that is left. A rule that fails keeps no other from running,
 * and stands in the proof as not done.
 */
import type { Heard } from '../app.ts';
import { listConsultations } from '../consultation/consultations.ts';
import { keepConsultations } from '../consultation/retention.ts';
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
  keepTotals,
  keepWaiting,
  outboxKeyDays,
} from '../delivery/retention.ts';
import { daysOfScores } from '../feedback/rating.ts';
import { keepRatings, keepTold } from '../feedback/retention.ts';
import { keepChatMarks, keepChats, keepTakingPart } from '../groups/retention.ts';
import { keepTrail } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { keepClock } from '../platform/clock-jump.ts';
import type { Described, Kept, Store } from '../platform/kept.ts';
import { keepErasures } from '../privacy/erasures.ts';
import {
  keepBatchKeys,
  keepDayKeys,
  keepFreeTextKeys,
  keepWithdrawalKeys,
} from '../privacy/key-retention.ts';
import {
  keepAddresses,
  keepFinished,
  keepGuests,
  keepLinks,
  keepOptOuts,
  keepSelf,
} from '../privacy/retention.ts';
import { keepBackings, keepIssues } from '../raised/retention.ts';
import {
  consultationsWithRawText,
  keepClearedTexts,
  keepRawTexts,
  keepResponses,
} from '../results/retention.ts';
import { keepCases } from '../safeguarding/retention.ts';

export interface Retained {
  readonly kept: readonly Kept[];
  /** The log says why. */
  readonly failed: readonly Described[];
}

export async function retain(
  heard: Heard,
  stores: readonly Store[] = storesOf(heard),
): Promise<Retained> {
  const kept: Kept[] = [];
  const failed: Described[] = [];
  for (const { keep, ...described } of stores) {
    try {
      kept.push({ ...described, ...(await keep()) });
    } catch (error) {
      failed.push(described);
      heard.log.error('a retention rule failed', { error });
    }
  }
  const alerts = kept.filter((one) => one.alert !== undefined).length;
  if (alerts > 0)
    heard.log.warn('retention found what needs a look: heard retention', { count: alerts });
  return { kept, failed };
}

/** Every place where something is kept. Keys go after what is sealed under them. */
export function storesOf(heard: Heard): readonly Store[] {
  const { world } = heard;
  const { pool, keys, ambient } = world;
  const today = isoDay(ambient.now());
  return [
    keepConversations(world),
    keepFinished(pool, today),
    keepParticipations(world),
    keepInvitations(world),
    keepWaiting(pool),
    keepBodies(pool),
    keepOutbox(pool),
    keepContents(pool),
    keepContactDays(pool),
    keepCopies(pool),
    keepRatings(pool, today),
    keepTakingPart(pool, today),
    keepChats(pool, today),
    keepBackings(pool, today),
    keepIssues(pool, today),
    keepPeople(world),
    keepLinks(pool),
    keepAddresses(pool),
    keepMarks(world),
    keepChatMarks(pool, today),
    keepErasures(pool),
    keepRawTexts(pool, today),
    keepCases(pool, today),
    keepDayKeys(keys, ambient, () => daysInUse(heard)),
    keepBatchKeys(pool, keys),
    keepWithdrawalKeys(pool, keys, () => closedConsultations(heard)),
    keepFreeTextKeys(pool, keys, () => readConsultations(heard)),
    keepOptOuts(pool),
    keepGuests(pool),
    keepConsultations(pool),
    keepResponses(pool),
    keepClearedTexts(pool),
    keepTold(pool),
    keepTotals(pool),
    keepTrail(pool),
    keepSelf(pool),
    keepClock(pool),
  ];
}

async function daysInUse({ world: { pool } }: Heard): Promise<ReadonlySet<string>> {
  return new Set([
    ...(await conversationKeyDays(pool)),
    ...(await outboxKeyDays(pool)),
    ...(await daysOfScores(pool)),
  ]);
}

async function closedConsultations({ world: { pool } }: Heard): Promise<ReadonlySet<string>> {
  const all = await listConsultations(pool);
  return new Set(all.filter(({ state }) => state === 'closed').map(({ id }) => id));
}

/** Closed, and nothing of their free text waits to be read. */
async function readConsultations(heard: Heard): Promise<ReadonlySet<string>> {
  const unread = await consultationsWithRawText(heard.world.pool);
  const closed = await closedConsultations(heard);
  return new Set([...closed].filter((id) => !unread.has(id)));
}
