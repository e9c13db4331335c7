/**
 * Who hears a feedback: everyone who took part and every chat that did, but for those who have had
 * these very words. The price and the telling both ask here, so that what an officer is told
 * beforehand is what happens.
 */
import type { ChannelName } from '../channel.ts';
import { countByWording } from '../delivery/recipients.ts';
import {
  type Earlier,
  reachedLongAgo,
  sameWords,
  takeOffWhoHad,
  type Words,
  whoHad,
} from '../delivery/same-words.ts';
import { broadcastsOf, textIn } from '../feedback/broadcasts.ts';
import type { Localised } from '../flow/values.ts';
import { type ChatToTell, chatsToTell, chatWording } from '../groups/tell-chats.ts';
import type { Queryable } from '../platform/postgres.ts';
import { addTheirLinked, listParticipants } from './recipients.ts';
import type { World } from './world.ts';

/** Those that can be written to first. */
export const CHANNELS: readonly ChannelName[] = ['sms', 'discord', 'teams'];

export interface Hearers {
  readonly groups: readonly HearerGroup[];
  readonly chats: readonly ChatToTell[];
  /** Why these words cannot go once more, where they cannot. */
  readonly again?: string;
}

/** People of one channel and language. */
export interface HearerGroup {
  readonly channel: ChannelName;
  readonly language: string;
  /** Who get it. */
  readonly people: number;
  /** Who have had it, or are about to. */
  readonly had: number;
  /** Who stopped, or read it on the web. */
  readonly unreachable: number;
}

/** Which of a feedback's texts somebody gets: it reads differently by text and in an app. */
export function feedbackWording(channel: ChannelName, language: string): string {
  return `${channel} ${language}`;
}

/** Leaves on `pg_temp.recipient` the people who hear it, and those who read it on the web. */
export async function listHearers(
  world: World,
  tx: Queryable,
  consultationId: string,
  texts: Localised,
): Promise<Hearers> {
  const { languages } = world.words;
  const earlier: Earlier = { class: 'feedback', consultationIds: [consultationId] };
  await listParticipants(tx, consultationId, languages);
  const counts = await countByWording(tx);
  const same = await sameWords(tx, wordsFor(languages, texts));
  const had = await takeOffWhoHad(tx, same, earlier, addTheirLinked);
  const groups = [...CHANNELS, 'web' as const].flatMap((channel) =>
    languages.map((language) => {
      const wording = feedbackWording(channel, language);
      const count = (reachable: boolean): number =>
        counts.find((one) => one.wording === wording && one.reachable === reachable)?.people ?? 0;
      const told = had.get(wording) ?? 0;
      return {
        channel,
        language,
        people: count(true) - told,
        had: told,
        unreachable: count(false),
      };
    }),
  );
  const chats = await chatsToTell(tx, world, consultationId);
  const isTold = await whoHad(
    tx,
    same,
    earlier,
    chats.map((chat) => chat.id),
  );
  const newChats = chats.filter((chat) => !isTold(chat.id, chatWording(chat.language)));
  const hasHad = chats.length > newChats.length || groups.some((group) => group.had > 0);
  const spoken = new Set([
    ...groups.filter((group) => group.people > 0).map((group) => group.language),
    ...newChats.map((chat) => chat.language),
  ]);
  if (spoken.size === 0 && hasHad) return { groups, chats: newChats, again: ALL_HAD };
  const isForgotten = await saidLongAgo(tx, earlier, texts, spoken);
  return { groups, chats: newChats, ...(isForgotten ? { again: WHO_IS_FORGOTTEN } : {}) };
}

export function countHearers({ groups }: Hearers): number {
  return groups.reduce((sum, group) => sum + group.people, 0);
}

const ALL_HAD =
  'Everyone who can be told has had this text, or is about to get it. Change the text to send more.';
const WHO_IS_FORGOTTEN =
  'This text was sent more than a week ago. Heard does not keep for longer who got it, so it cannot leave them out. Change the text to send it again.';

/** Who hears it in a language is told in those words. */
function wordsFor(languages: readonly string[], texts: Localised): readonly Words[] {
  return languages.flatMap((language) =>
    [...CHANNELS.map((channel) => feedbackWording(channel, language)), chatWording(language)].map(
      (wording) => ({ wording, text: textIn(texts, language) }),
    ),
  );
}

async function saidLongAgo(
  tx: Queryable,
  earlier: Earlier,
  texts: Localised,
  spoken: ReadonlySet<string>,
): Promise<boolean> {
  const reached = await reachedLongAgo(tx, earlier);
  const before = await broadcastsOf(tx, earlier.consultationIds);
  return before.some(
    (one) =>
      reached.has(one.id) &&
      [...spoken].some((language) => textIn(one.texts, language) === textIn(texts, language)),
  );
}
