/**
 * Keeps a consultation's card in a server true: it says how many have finished, rounded, and is
 * written anew when somebody uses it or answers there, once in a while and never more often. Which
 * message it is comes with the press on its button and is remembered in memory only, for no person.
 */
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import type { Calm } from './calm.ts';
import type { DiscordPorts } from './discord-ports.ts';
import { type Rest, wentWell } from './discord-rest.ts';
import { messagesOf } from './posts.ts';
import { payloadOf } from './render.ts';

export interface CardUpdates {
  /** Somebody pressed the button on it. */
  readonly seen: (card: StandingCard) => void;
  readonly answeredIn: (serverId: string) => void;
  readonly stop: () => void;
}

export interface StandingCard {
  readonly serverId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly keyword: string;
  readonly language: string;
  /** What stands in it. */
  readonly content: string;
}

interface Known {
  readonly card: StandingCard;
  shown: string;
  isOpen: boolean;
  writtenAt: number;
  due?: NodeJS.Timeout;
}

/** More than this are forgotten, the oldest first: the next press brings a card back. */
const MOST_KNOWN = 500;
const EVERY_MS = 30_000;

export function createCardUpdates(
  { rest, calm, ports }: { readonly rest: Rest; readonly calm: Calm; readonly ports: DiscordPorts },
  everyMs = EVERY_MS,
): CardUpdates {
  const known = new Map<string, Known>();

  function forget(messageId: string): void {
    clearTimeout(known.get(messageId)?.due);
    known.delete(messageId);
  }

  async function renew(one: Known): Promise<void> {
    const { serverId, channelId, messageId, keyword, language } = one.card;
    one.writtenAt = Date.now();
    await calm.settled();
    const chat = { channel: 'discord', chat: `${SHARED_CHAT}${serverId}` } as const;
    const card = await ports.desk.sharedCard?.(chat, keyword, language);
    if (card === undefined) return;
    const [message, ...others] = messagesOf({ kind: 'consultation', card });
    const isOpen = card.answer !== undefined;
    if (message === undefined || others.length > 0) return;
    if (message.content === one.shown && isOpen === one.isOpen) return;

    const path = `/channels/${channelId}/messages/${messageId}`;
    const result = await rest({ method: 'PATCH', path, asBot: true, body: payloadOf(message) });
    if (wentWell(result)) Object.assign(one, { shown: message.content, isOpen });
    else if (result.kind === 'answer' && (result.status === 403 || result.status === 404))
      forget(messageId);
  }

  function touch(one: Known): void {
    if (one.due !== undefined) return;
    const wait = Math.max(0, one.writtenAt + everyMs - Date.now());
    one.due = setTimeout(() => {
      delete one.due;
      renew(one).catch((error: unknown) => {
        ports.log.warn('a card could not be renewed', { channel: 'discord', error });
      });
    }, wait);
    one.due.unref();
  }

  return {
    seen: (card) => {
      const before = known.get(card.messageId);
      const writtenAt = before?.writtenAt ?? Number.NEGATIVE_INFINITY;
      const one = before ?? { card, shown: card.content, isOpen: true, writtenAt };
      known.delete(card.messageId);
      known.set(card.messageId, one);
      const [oldest] = known.keys();
      if (known.size > MOST_KNOWN && oldest !== undefined) forget(oldest);
      touch(one);
    },
    answeredIn: (serverId) => {
      for (const one of known.values()) if (one.card.serverId === serverId) touch(one);
    },
    stop: () => {
      for (const messageId of Array.from(known.keys())) forget(messageId);
    },
  };
}
