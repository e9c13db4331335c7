/**
 * Begins a conversation with someone who joined by keyword, QR code or invitation, unless they have
 * taken part already or the consultation is closed. GET pages and strangers' texts never come here.
 */
import type { Consultation } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { advance } from '../flow/advance.ts';
import { shortDate } from '../flow/dates.ts';
import type { Flow } from '../flow/flow.ts';
import { beginConversation } from '../flow/state-begin.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { effectsOf, standingOf } from './effects.ts';
import { storeTurn } from './open-conversation.ts';
import { participationsOf } from './participations.ts';
import { say, statement } from './say.ts';
import { onlySay, type Situation } from './situation.ts';
import { noteWithin } from './within.ts';
import type { World } from './world.ts';

export async function begin(
  world: World,
  situation: Situation,
  consultation: Consultation,
  wanted?: string,
): Promise<DecidedTurn> {
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const language = languageOf(flow, wanted ?? situation.person.language);
  const before = await participationsOf(world.pool, situation.person.id);
  const here = before.find((one) => one.consultationId === consultation.id);
  if (here && here.state !== 'joined') {
    const name = textIn(flow.quietName, language);
    const listener = { channel: situation.inbound.channel, language };
    const text = say(world.words, listener, 'already_taken_part', { name });
    return onlySay(situation, [statement(text, language)]);
  }
  if (consultation.state === 'closed') return closed(world, situation, flow, language);
  return introduce(world, situation, { consultation, flow, language });
}

interface Beginning {
  readonly consultation: Consultation;
  readonly flow: Flow;
  readonly language: string;
}

async function introduce(
  world: World,
  situation: Situation,
  { consultation, flow, language }: Beginning,
): Promise<DecidedTurn> {
  const { inbound, person } = situation;
  const state = beginConversation(flow, { channel: inbound.channel, language });
  const turn = advance(
    flow,
    state,
    { kind: 'begin' },
    {
      now: world.ambient.now(),
      newId: world.ambient.newId,
      revision: 1,
    },
  );
  const id = world.ambient.newId();
  const conversation = {
    id,
    consultationId: consultation.id,
    revision: 0,
    flow,
    state: turn.state,
  };
  const inConversation = { ...situation, conversation };
  const facts = await effectsOf(world, inConversation, turn.facts);
  const standing = standingOf(world, inConversation, turn.facts);
  return {
    personId: person.id,
    change: {
      kind: 'begin',
      id,
      consultationId: consultation.id,
      flow: flow.id,
      version: flow.version,
      language,
      next: await storeTurn(world, id, turn),
    },
    say: turn.say,
    class: 'reply',
    ...(standing ? { standing } : {}),
    effects: [
      ...facts,
      ...noteWithin(world, situation, conversation),
      async (tx) => {
        if (inbound.channel === 'web') return;
        await world.contacts.rememberAddress(tx, {
          person: person.id,
          channel: inbound.channel,
          address: inbound.address,
          ...(inbound.reference === undefined ? {} : { reference: inbound.reference }),
        });
      },
    ],
  };
}

function closed(world: World, situation: Situation, flow: Flow, language: string): DecidedTurn {
  const listener = { channel: situation.inbound.channel, language };
  const text = say(world.words, listener, 'consultation_closed', {
    name: textIn(flow.quietName, language),
    feedback_by: flow.promise ? shortDate(world.words, language, flow.promise.feedbackBy) : '',
  });
  return onlySay(situation, [statement(text, language)]);
}

/** A language that the flow speaks; its first one otherwise. */
function languageOf(flow: Flow, wanted: string | undefined): string {
  const first = flow.languages[0] ?? 'en';
  return wanted !== undefined && flow.languages.includes(wanted) ? wanted : first;
}
