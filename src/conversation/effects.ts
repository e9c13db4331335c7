/**
 * What the facts of a turn change beside the conversation itself: joining, finishing, stopping,
 * declining. Every effect runs inside the turn's own transaction.
 */

import { payloadOf } from '../consultation/payload.ts';
import { STARTED_BY_US } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import type { Answers } from '../flow/flow.ts';
import type { Fact } from '../flow/turn.ts';
import { dayAfterHours, isoDay } from '../platform/calendar.ts';
import { sealCompletion } from '../privacy/pool.ts';
import { caseLinkFor } from './case-link.ts';
import type { Effect } from './commit-turn.ts';
import { forgetJoined, markDone, markJoined } from './participations.ts';
import type { InConversation } from './situation.ts';
import type { World } from './world.ts';

export async function effectsOf(
  world: World,
  situation: InConversation,
  facts: readonly Fact[],
): Promise<readonly Effect[]> {
  const effects: Effect[] = [];
  for (const fact of facts) {
    const effect = await effectOf(world, situation, fact);
    if (effect) effects.push(effect);
  }
  return effects;
}

async function effectOf(
  world: World,
  situation: InConversation,
  fact: Fact,
): Promise<Effect | undefined> {
  const { person, conversation, inbound } = situation;
  const { consultationId } = conversation;
  switch (fact.kind) {
    case 'joined': {
      const day = isoDay(world.ambient.now(), world.installation.timeZone);
      return (tx) => markJoined(tx, { personId: person.id, consultationId, day });
    }
    case 'finished':
      return finish(world, situation, fact.answers);
    case 'declined':
    case 'expired':
      return fact.kind === 'declined'
        ? (tx) => forgetJoined(tx, person.id, consultationId)
        : undefined;
    case 'stopped':
      return async (tx) => {
        await forgetJoined(tx, person.id, consultationId);
        if (inbound.channel === 'web') return;
        await world.contacts.stop(tx, person.id, 'stop');
        await withdrawPlanned(tx, person.id, STARTED_BY_US, 'opted-out');
      };
    case 'language':
      return (tx) => world.contacts.setLanguage(tx, person.id, fact.language);
    default:
      return undefined;
  }
}

/** Seals the answers into the open batch; from here on only the release can open them. */
async function finish(world: World, situation: InConversation, answers: Answers): Promise<Effect> {
  const { installation, ambient } = world;
  const { consultationId, flow } = situation.conversation;
  const now = ambient.now();
  const day = isoDay(now, installation.timeZone);
  const eligibleOn = dayAfterHours(now, installation.coolingOffHours, installation.timeZone);
  const caseLink = await caseLinkFor(world, situation);
  return async (tx) => {
    await sealCompletion(tx, world.keys, {
      consultation: consultationId,
      person: situation.person.id,
      payload: payloadOf(flow, answers),
      eligibleOn,
      ...(caseLink ? { caseLink } : {}),
    });
    await markDone(tx, { personId: situation.person.id, consultationId, day });
  };
}
