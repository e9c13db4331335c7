/** Heard with the way in for shared chats, and one chat after another that things are done in. */
import { createReceiveInChat } from '../../src/groups/receive-in-chat.ts';
import type { ChatEvent, ChatInbound, ChatReceipt, ReceiveInChat } from '../../src/shared-chat.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

export interface GroupStage extends TestHeard {
  readonly receiveInChat: ReceiveInChat;
  readonly chat: (name?: string, channel?: ChatInbound['channel']) => SharedChat;
}

export interface SharedChat {
  readonly address: string;
  readonly channel: ChatInbound['channel'];
  readonly happens: (event: ChatEvent, more?: Partial<ChatInbound>) => Promise<ChatReceipt>;
}

export async function openGroupStage(
  env: Readonly<Record<string, string>> = {},
  now?: Date,
): Promise<GroupStage> {
  const heard = await openTestHeard(env, now);
  const receiveInChat = createReceiveInChat(heard.heard.world);
  let events = 0;
  return {
    ...heard,
    receiveInChat,
    chat: (name = '1001', channel = 'discord') => ({
      address: `chat:${name}`,
      channel,
      happens: (event, more = {}) =>
        receiveInChat({
          channel,
          chat: `chat:${name}`,
          messageId: `event ${++events}`,
          by: 'member-0001',
          event,
          ...more,
        }),
    }),
  };
}

/** Everything that a receipt shows, to everyone and to one. */
export function shownBy({ posts, aside = [] }: ChatReceipt): {
  readonly posts: readonly string[];
  readonly aside: readonly string[];
} {
  return {
    posts: posts.map((post) => {
      if (post.kind === 'statement') return post.text;
      return post.kind === 'issue' ? post.issue.text : JSON.stringify(post.card);
    }),
    aside: aside.map((prompt) => prompt.text),
  };
}

export function joined(receipt: ChatReceipt): string {
  const { posts, aside } = shownBy(receipt);
  return [...posts, ...aside].join('\n');
}
