/** A bot in a server that takes part: one consultation is open, and what is done there is noted. */
import { beforeEach, type Mock, vi } from 'vitest';
import type { ChatInbound, ReceiveInChat, SharedCard } from '../../../src/shared-chat.ts';
import type { KeptMessage } from '../../support/discord/messages.ts';
import { type BotForEachTest, botForEachTest } from './bot-for-each-test.ts';

export const ROLE = '300000000000000001';
export const CHOSEN = '500000000000000099';
export const MANAGER = { permissions: String(1 << 5) };

export interface ServerForEachTest {
  readonly here: BotForEachTest;
  readonly inChat: Mock<ReceiveInChat>;
  readonly lastInChat: () => ChatInbound | undefined;
  /** Where the server wants its posts, as it was kept. */
  readonly referenceOf: Mock<(chat: string) => Promise<string | undefined>>;
  readonly inChannel: (channelId: string) => readonly KeptMessage[];
}

export function cardOfPark(more: Partial<SharedCard> = {}): SharedCard {
  return {
    keyword: 'PARK',
    language: 'en',
    title: 'Chesham park',
    promise: 'We say why by 28 Jan.',
    state: 'open',
    progress: '',
    results: [],
    answer: 'Have your say',
    ...more,
  };
}

export function serverForEachTest(): ServerForEachTest {
  const inChat = vi.fn<ReceiveInChat>();
  const referenceOf = vi.fn<(chat: string) => Promise<string | undefined>>();
  beforeEach(() => {
    inChat.mockReset().mockResolvedValue({ posts: [] });
    referenceOf.mockReset().mockResolvedValue(undefined);
  });
  const here = botForEachTest({
    inChat,
    desk: {
      openConsultations: async () => [
        { keyword: 'PARK', title: 'Chesham park', promise: 'We say why by 28 Jan.' },
      ],
      current: async () => undefined,
      referenceOf,
    },
  });
  return {
    here,
    inChat,
    referenceOf,
    lastInChat: () => inChat.mock.calls.at(-1)?.[0],
    inChannel: (channelId) =>
      here.bot.standIn.messages.filter((message) => message.channelId === channelId),
  };
}
