/**
 * ME, in opt-in mode: the person asks that a safe adult contacts them, and only then is a case
 * sealed to the safeguarding lead. It is offered only where that can be done.
 */
import { textIn } from '../feedback/broadcasts.ts';
import { isoDay } from '../platform/calendar.ts';
import { openCase } from '../safeguarding/cases.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import type { Situation } from './situation.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

export async function meTurn(world: World, situation: Situation): Promise<DecidedTurn> {
  const { conversation, person, inbound } = situation;
  const language = conversation?.state.language ?? person.language ?? 'en';
  // Nobody can be reached through a web page: there no contact is promised.
  const leadKey = inbound.channel === 'web' ? undefined : world.leadKey;
  const say = [
    statement(world.words.say(leadKey ? 'me_thanks' : 'me_not_offered', language), language),
  ];
  const effects = leadKey ? [caseByConsent(world, situation, leadKey)] : [];
  if (!conversation) {
    return { personId: person.id, change: { kind: 'none' }, say, class: 'signpost', effects };
  }
  const again = step(world, conversation, { kind: 'command', command: 'again' });
  const also = { effects, class: 'signpost' as const };
  return { ...(await decidedBy(world, { ...situation, conversation }, again, also)), say };
}

function caseByConsent(world: World, situation: Situation, leadKey: Uint8Array): Effect {
  const { inbound, conversation } = situation;
  const at = world.ambient.now();
  const title = conversation ? textIn(conversation.flow.title, 'en') : '';
  return async (tx) => {
    await openCase(tx, {
      id: world.ambient.newId(),
      level: 'amber',
      openedOn: isoDay(at, world.installation.timeZone),
      sealedFor: leadKey,
      contents: {
        kind: 'asked-for-contact',
        channel: inbound.channel,
        address: inbound.address,
        consultation: title,
        messages: [],
        at: at.toISOString(),
      },
    });
  };
}
