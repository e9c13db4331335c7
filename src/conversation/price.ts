/**
 * What a broadcast will cost and whom it leaves out, told before anything is sent. It only looks:
 * nothing is written, and nobody becomes a person by being counted.
 */

import type { Consultation } from '../consultation/consultations.ts';
import type { Invitee, Invitees } from '../consultation/invitee-list.ts';
import { overContactedAmong } from '../delivery/contact-cap.ts';
import { reachablePages, withRecipients } from '../delivery/recipients.ts';
import type { Flow } from '../flow/flow.ts';
import { numberedText } from '../flow/numbered-text.ts';
import { dearCharacters } from '../flow/sms-parts.ts';
import type { Localised } from '../flow/values.ts';
import type { ChatToTell } from '../groups/tell-chats.ts';
import type { Queryable } from '../platform/postgres.ts';
import { feedbackWording, listHearers } from './hearers.ts';
import { invitationTexts, wordingOf } from './invitation-text.ts';
import { smsCost } from './sms-cost.ts';
import { feedbackReserve } from './spending.ts';
import { feedbackPrompts } from './tell-participants.ts';
import type { World } from './world.ts';

export interface Price {
  /** Who get it. */
  readonly people: number;
  /** Those of them who are written to in Discord or Teams, where a message costs nothing. */
  readonly inApps: number;
  /** Text messages, paid for by the part. */
  readonly parts: number;
  /** Of text messages. */
  readonly languages: readonly LanguagePrice[];
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
  /** Parts that must be kept back so that these people can be told what happened. */
  readonly reserve: number;
}

export interface LanguagePrice {
  readonly language: string;
  readonly people: number;
  /** For one person, at the longest. */
  readonly parts: number;
  /** The characters that make it dearer. */
  readonly dear: readonly string[];
}

export type LeftOut = 'opted-out' | 'contact-cap' | 'same-words' | 'trial' | 'web';

const AT_ONCE = 5_000;

export async function priceOfInvitations(
  world: World,
  flow: Flow,
  invitees: Invitees,
): Promise<Price> {
  const texts = invitationTexts(world, flow, invitees);
  const costs = new Map(
    texts.map(({ wording, language, prompts }) => [
      wording,
      { language, parts: smsCost(world, prompts), text: prompts.map(numberedText).join() },
    ]),
  );
  const sum = adder();
  for (let from = 0; from < invitees.length; from += AT_ONCE) {
    const slice = invitees.slice(from, from + AT_ONCE);
    const reasons = await reasonsAgainst(world, slice);
    for (const [at, invitee] of slice.entries()) {
      const reason = reasons[at];
      const cost = costs.get(wordingOf(invitee, flow));
      if (reason !== undefined || cost === undefined) sum.leaveOut(reason ?? 'opted-out', 1);
      else sum.add({ ...cost, people: 1, reserve: feedbackReserve(world, cost.language) });
    }
  }
  return sum.price();
}

async function reasonsAgainst(
  world: World,
  slice: readonly Invitee[],
): Promise<readonly (LeftOut | undefined)[]> {
  const { contactCap, guestsOnly } = world.sending;
  const known = await world.contacts.lookUpMany(
    world.pool,
    slice.map(({ address }) => ({ channel: 'sms', address })),
  );
  const often = await overContactedAmong(
    world.pool,
    known.flatMap((one) => one.person ?? []),
    contactCap,
  );
  return known.map(({ person, stopped, isGuest }) => {
    if (stopped) return 'opted-out';
    if (person !== undefined && often.has(person)) return 'contact-cap';
    return guestsOnly.has('sms') && !isGuest ? 'trial' : undefined;
  });
}

export interface FeedbackPrice extends Price {
  /** One post each, at no cost. */
  readonly chats: readonly ChatToTell[];
  /** Why it would be refused: these words were sent before. */
  readonly again?: string;
}

export function priceOfFeedback(
  world: World,
  { id }: Consultation,
  texts: Localised,
): Promise<FeedbackPrice> {
  const { guestsOnly } = world.sending;
  return withRecipients(world.pool, (session) =>
    session.transaction(async (tx) => {
      const { groups, chats, again } = await listHearers(world, tx, id, texts);
      const guests = guestsOnly.size > 0 ? await countGuests(world, tx) : undefined;
      const sum = adder();
      for (const { channel, language, people, had, unreachable } of groups) {
        const mayGo = guestsOnly.has(channel)
          ? guests?.get(feedbackWording(channel, language))
          : people;
        const going = mayGo ?? 0;
        sum.leaveOut(channel === 'web' ? 'web' : 'opted-out', unreachable);
        sum.leaveOut('same-words', had);
        sum.leaveOut('trial', people - going);
        if (channel !== 'sms') {
          sum.addInApps(going);
          continue;
        }
        const prompts = feedbackPrompts(world, texts, { channel, language });
        sum.add({
          language,
          people: going,
          parts: prompts.reduce((parts, prompt) => parts + smsCost(world, [prompt]), 0),
          text: prompts.map(numberedText).join(),
          reserve: 0,
        });
      }
      return { ...sum.price(), chats, ...(again === undefined ? {} : { again }) };
    }),
  );
}

/** By wording. In trial mode there are few. */
async function countGuests(world: World, tx: Queryable): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const page of reachablePages(tx, AT_ONCE)) {
    const guests = await world.contacts.guestsAmong(
      tx,
      page.map((one) => one.personId),
    );
    for (const { personId, wording } of page) {
      if (guests.has(personId)) counts.set(wording, (counts.get(wording) ?? 0) + 1);
    }
  }
  return counts;
}

interface Addend {
  readonly language: string;
  readonly people: number;
  readonly parts: number;
  readonly text: string;
  readonly reserve: number;
}

interface LanguageSum {
  people: number;
  parts: number;
  readonly dear: Set<string>;
  readonly read: Set<string>;
}

function adder() {
  const languages = new Map<string, LanguageSum>();
  const leftOut = new Map<LeftOut, number>();
  let [people, inApps, parts, reserve] = [0, 0, 0, 0];
  return {
    add: (one: Addend): void => {
      if (one.people === 0) return;
      people += one.people;
      parts += one.people * one.parts;
      reserve += one.people * one.reserve;
      const sum = languages.get(one.language) ?? {
        people: 0,
        parts: 0,
        dear: new Set(),
        read: new Set(),
      };
      languages.set(one.language, sum);
      sum.people += one.people;
      sum.parts = Math.max(sum.parts, one.parts);
      if (sum.read.has(one.text)) return;
      sum.read.add(one.text);
      for (const character of dearCharacters(one.text)) sum.dear.add(character);
    },
    addInApps: (count: number): void => {
      people += count;
      inApps += count;
    },
    leaveOut: (reason: LeftOut, count: number): void => {
      if (count === 0) return;
      leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
    },
    price: (): Price => ({
      people,
      inApps,
      parts,
      reserve,
      leftOut: Object.fromEntries(leftOut),
      languages: [...languages].map(([language, sum]) => ({
        language,
        people: sum.people,
        parts: sum.parts,
        dear: [...sum.dear],
      })),
    }),
  };
}
