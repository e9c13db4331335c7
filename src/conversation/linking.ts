/**
 * LINK, a code, and a yes: how a person says that they are the same on two channels. Nothing is
 * joined before the yes, which only the very next message can give; the other channel is told.
 */
import type { InboundEvent } from '../channel.ts';
import { plan } from '../delivery/plan.ts';
import { recogniseCommand } from '../flow/commands.ts';
import { fold } from '../flow/fold.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { Prompt } from '../flow/prompt.ts';
import { spokenWords } from '../flow/understand/spoken-words.ts';
import { yesOrNo } from '../flow/understand/yes-or-no.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import {
  dropTypedCode,
  newLinkCode,
  offerLinkCode,
  type Typed,
  takeTypedCode,
  typedLinkCode,
  typeLinkCode,
} from '../privacy/link-codes.ts';
import { link, unlink } from '../privacy/links.ts';
import type { Person } from '../privacy/people.ts';
import { answerAside } from './answer-aside.ts';
import { channelName } from './channel-names.ts';
import { othersOf } from './circle.ts';
import { type DecidedTurn, sealBody } from './commit-turn.ts';
import { codeAfterLink } from './link-words.ts';
import { noLongerAskedTogether } from './no-longer-asked.ts';
import { rememberWhereToWrite } from './references.ts';
import { say, sayAlone, statement } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** A code, or what follows one, comes before the question; everything else goes its way. */
export async function withLinking(
  world: World,
  situation: Situation,
  otherwise: () => Promise<DecidedTurn>,
): Promise<DecidedTurn> {
  const { inbound, person } = situation;
  if (!mayBeContacted(inbound.channel) || person.stopped) return otherwise();
  const code = codeAfterLink(inbound.event, world.words.vocabulary);
  if (code !== undefined) return codeTyped(world, situation, code);
  const pressed = isYesButton(inbound.event);
  const owner = person.links
    ? await typedLinkCode(world.pool, person.id, world.ambient.now())
    : undefined;
  if (owner === undefined)
    return pressed
      ? answerAside(world, situation, sayAlone(world.words, listenerOf(situation), 'link_wrong'))
      : otherwise();
  if (saysYes(world, situation, inbound.event)) return confirmed(world, situation);
  return withoutTypedCode(situation, await otherwise());
}

/** Whatever is said instead of yes uses the code up. */
export function withoutTypedCode({ person }: Situation, turn: DecidedTurn): DecidedTurn {
  if (!person.links) return turn;
  return { ...turn, effects: [...turn.effects, (tx) => dropTypedCode(tx, person.id)] };
}

/** LINK alone: a code to type elsewhere. A page has nothing to link. */
export async function offerLink(world: World, situation: Situation): Promise<DecidedTurn> {
  const listener = listenerOf(situation);
  const { inbound, person } = situation;
  if (!mayBeContacted(inbound.channel))
    return answerAside(world, situation, sayAlone(world.words, listener, 'link_offer'));
  const code = newLinkCode(world.ambient);
  const now = world.ambient.now();
  return answerAside(world, situation, sayAlone(world.words, listener, 'link_offer', { code }), [
    (tx) => offerLinkCode(tx, world.keys, { personId: person.id, code, now }),
    // News may come to a channel on which they have not joined anything.
    (tx) => rememberWhereToWrite(world, tx, situation),
  ]);
}

export async function unlinkTurn(world: World, situation: Situation): Promise<DecidedTurn> {
  const { person } = situation;
  const isLinked = (await othersOf(world.pool, person)).length > 0;
  const listener = listenerOf(situation);
  const name = isLinked ? 'unlinked' : 'unlink_nothing';
  return answerAside(world, situation, sayAlone(world.words, listener, name), [
    async (tx) => {
      await unlink(tx, person.id);
    },
  ]);
}

const SAID: Readonly<Record<Exclude<Typed['kind'], 'asks'>, string>> = {
  wrong: 'link_wrong',
  own: 'link_own',
  'too-many-tries': 'link_later',
  'linked-already': 'link_already',
  full: 'link_full',
};

/** The try is counted, and the code held, before the reply is written. */
async function codeTyped(world: World, situation: Situation, code: string): Promise<DecidedTurn> {
  const listener = listenerOf(situation);
  const { person } = situation;
  const now = world.ambient.now();
  const typed = await transaction(world.pool, (tx) =>
    typeLinkCode(tx, world.keys, { personId: person.id, typed: code, now }),
  );
  if (typed.kind !== 'asks')
    return answerAside(world, situation, sayAlone(world.words, listener, SAID[typed.kind]));
  const owner = (await world.contacts.peopleAmong(world.pool, [typed.owner])).get(typed.owner);
  const { language } = listener;
  const channel = channelName(world.words, language, owner?.channel ?? 'web');
  const asks: Prompt = {
    ...statement(say(world.words, listener, 'link_ask', { channel }), language),
    keys: [{ command: 'go', label: world.words.say('label_yes', language) }],
    target: YES,
  };
  return onlySay(situation, [asks]);
}

async function confirmed(world: World, situation: Situation): Promise<DecidedTurn> {
  const { person } = situation;
  const said = sayAlone(world.words, listenerOf(situation), 'linked');
  const now = world.ambient.now();
  return answerAside(world, situation, said, [
    async (tx) => {
      const known = await takeTypedCode(tx, person.id, now);
      if (known === undefined) return;
      const done = await link(tx, world.ambient, { known, newcomer: person.id });
      if (done !== 'linked') return;
      await noLongerAskedTogether(tx, person.id);
      await rememberWhereToWrite(world, tx, situation);
      const owner = (await world.contacts.peopleAmong(tx, [known])).get(known);
      if (!owner) return;
      await tellTheOther(world, tx, situation, owner);
      // Whoever has not chosen a language here is spoken to as on the other channel.
      if (person.language === undefined && owner.language !== undefined)
        await world.contacts.setLanguage(tx, person.id, owner.language);
    },
  ]);
}

/** Nobody is linked without a word on both channels. */
async function tellTheOther(
  world: World,
  tx: Queryable,
  { inbound }: Situation,
  other: Person,
): Promise<void> {
  if (other.stopped) return;
  const listener = { channel: other.channel, language: other.language ?? 'en' };
  const channel = channelName(world.words, listener.language, inbound.channel);
  const prompts = sayAlone(world.words, listener, 'linked_there', { channel });
  const { id: personId, channel: on } = other;
  const body = await sealBody(world, personId, prompts);
  const parts = world.channels.get(on)?.cost(prompts) ?? 1;
  await plan(tx, [{ personId, channel: on, class: 'reply', parts, body }]);
}

/** No question has this revision: the button is told from the one that begins or goes on. */
const YES = { step: 'link', revision: 0 } as const;

function isYesButton(event: InboundEvent): boolean {
  if (event.kind !== 'command' || event.command !== 'go') return false;
  return event.target?.step === YES.step && event.target.revision === YES.revision;
}

function saysYes(world: World, situation: Situation, event: InboundEvent): boolean {
  if (event.kind === 'command') return isYesButton(event);
  if (event.kind !== 'text') return false;
  const { vocabulary, languages } = world.words;
  if (recogniseCommand(event.text, vocabulary)?.command === 'go') return true;
  const mine = [listenerOf(situation).language, ...languages];
  return yesOrNo(fold(event.text), spokenWords(vocabulary, mine)) === true;
}
