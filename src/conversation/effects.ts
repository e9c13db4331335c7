/**
 * What the facts of a turn change beside the conversation itself: joining, finishing, stopping,
 * declining. Every effect runs inside the turn's own transaction.
 */

import { payloadOf } from '../consultation/payload.ts';
import type { Fact } from '../flow/turn.ts';
import type { Answers } from '../flow/values.ts';
import { dayAfterHours, isoDay } from '../platform/calendar.ts';
import { noteDropped } from '../privacy/erasures.ts';
import { holdCircle } from '../privacy/links.ts';
import { sealCompletion } from '../privacy/pool.ts';
import { caseLinkFor } from './case-link.ts';
import { finishedElsewhere, type MaybeLinked, othersOf } from './circle.ts';
import type { Effect } from './commit-turn.ts';
import { noLongerAsked } from './no-longer-asked.ts';
import { forgetInvitationTo, forgetJoined } from './participations.ts';
import type { InConversation } from './situation.ts';
import { stopEverywhere } from './stopping.ts';
import { countWithin } from './within.ts';
import type { World } from './world.ts';
import type { Standing } from './write-turn.ts';

/** Where these facts leave the person in the consultation: it is written with the turn itself. */
export function standingOf(
  world: World,
  { conversation }: InConversation,
  facts: readonly Fact[],
): Standing | undefined {
  const kinds = new Set(facts.map((fact) => fact.kind));
  const state = kinds.has('finished') ? 'done' : kinds.has('joined') ? 'joined' : undefined;
  if (state === undefined) return undefined;
  const day = isoDay(world.ambient.now(), world.installation.timeZone);
  return { state, consultationId: conversation.consultationId, day };
}

export async function effectsOf(
  world: World,
  situation: InConversation,
  facts: readonly Fact[],
): Promise<readonly Effect[]> {
  const effects: Effect[] = [];
  for (const fact of facts) effects.push(...(await effectsOfOne(world, situation, fact)));
  return effects;
}

async function effectsOfOne(
  world: World,
  situation: InConversation,
  fact: Fact,
): Promise<readonly Effect[]> {
  const { person, conversation } = situation;
  const { consultationId } = conversation;
  switch (fact.kind) {
    case 'finished':
      return [
        await finish(world, situation, fact.answers),
        ...(await countWithin(world, situation)),
        ...noLongerAsked(situation, consultationId),
      ];
    case 'declined':
      return [(tx) => forgetJoined(tx, person.id, consultationId)];
    case 'stopped':
      return [
        async (tx) => {
          await noteDropped(tx, world.keys, conversation.id);
          await forgetJoined(tx, person.id, consultationId);
        },
        ...stopEverywhere(world, situation),
      ];
    case 'joined':
      return [
        ...(person.links ? [forgetInvitationsElsewhere(person, consultationId)] : []),
        ...noLongerAsked(situation, consultationId),
      ];
    case 'language':
      return [(tx) => world.contacts.setLanguage(tx, person.id, fact.language)];
    default:
      return [];
  }
}

function forgetInvitationsElsewhere(person: MaybeLinked, consultationId: string): Effect {
  return async (tx) => {
    for (const { id } of await othersOf(tx, person))
      await forgetInvitationTo(tx, id, consultationId);
  };
}

/** Seals the answers into the open batch; from here on only the release can open them. */
async function finish(world: World, situation: InConversation, answers: Answers): Promise<Effect> {
  const { installation, ambient } = world;
  const { consultationId, flow } = situation.conversation;
  const now = ambient.now();
  const eligibleOn = dayAfterHours(now, installation.coolingOffHours, installation.timeZone);
  const caseLink = await caseLinkFor(world, situation);
  const { person } = situation;
  return async (tx) => {
    // Two channels that finish at once: the first to get here counts.
    if (person.links) await holdCircle(tx, person.id);
    if (await finishedElsewhere(tx, person, consultationId)) return undefined;
    const sealed = await sealCompletion(tx, world.keys, {
      consultation: consultationId,
      person: person.id,
      payload: payloadOf(flow, answers),
      eligibleOn,
      ...(caseLink ? { caseLink } : {}),
    });
    return sealed.kind === 'sealed' ? undefined : sealed.kind;
  };
}
