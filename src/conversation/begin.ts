/**
 * Begins a conversation with someone who joined by keyword, QR code or invitation, unless they have
 * taken part already or the consultation is closed. GET pages and strangers' texts never come here.
 */
import type { ChannelName } from '../channel.ts';
import type { Consultation } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { advance } from '../flow/advance.ts';
import { shortDate } from '../flow/dates.ts';
import type { Flow } from '../flow/flow.ts';
import { beginConversation } from '../flow/state-begin.ts';
import { channelName } from './channel-names.ts';
import { startedElsewhere, takesPartIn } from './circle.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { effectsOf, standingOf } from './effects.ts';
import { noLongerAsked } from './no-longer-asked.ts';
import { storeTurn } from './open-conversation.ts';
import { rememberWhereToWrite } from './references.ts';
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
  const before = await takesPartIn(world.pool, situation.person);
  const here = before.find((one) => one.consultationId === consultation.id);
  if (here && here.state !== 'joined') {
    const name = textIn(flow.quietName, language);
    const listener = { channel: situation.inbound.channel, language };
    const text = say(world.words, listener, 'already_taken_part', { name });
    return onlySay(situation, [statement(text, language)]);
  }
  const there = await startedElsewhere(world.pool, situation.person, consultation.id);
  if (there) return goesOnThere(world, situation, { flow, language, channel: there.channel });
  if (consultation.state === 'closed') return closed(world, situation, flow, language);
  return introduce(world, situation, { consultation, flow, language });
}

/** Nobody is asked the same on two channels that they have linked. */
function goesOnThere(
  world: World,
  situation: Situation,
  one: { readonly flow: Flow; readonly language: string; readonly channel: ChannelName },
): DecidedTurn {
  const { flow, language } = one;
  const listener = { channel: situation.inbound.channel, language };
  const text = say(world.words, listener, 'started_elsewhere', {
    name: textIn(flow.quietName, language),
    channel: channelName(world.words, language, one.channel),
  });
  return onlySay(situation, [statement(text, language)]);
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
      ...noLongerAsked(situation, consultation.id),
      (tx) => rememberWhereToWrite(world, tx, situation),
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
