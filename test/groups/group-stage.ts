/** Heard with the way in for shared chats, and one chat after another that things are done in. */
import type { Inbound, Outbound, SendOutcome } from '../../src/channel.ts';
import { onProviderOptOut } from '../../src/conversation/stopping.ts';
import { createDispatcher } from '../../src/delivery/dispatcher.ts';
import { createReceiveInChat } from '../../src/groups/receive-in-chat.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { ChatEvent, ChatInbound, ChatReceipt, ReceiveInChat } from '../../src/shared-chat.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

export interface GroupStage extends TestHeard {
  readonly receiveInChat: ReceiveInChat;
  readonly chat: (name?: string, channel?: ChatInbound['channel']) => SharedChat;
  /** Answers in private from inside a chat, to the end. */
  readonly finishes: (member: string, within: SharedChat, texts?: Answers) => Promise<void>;
  /** Sends what may go now; gives what reached the provider. */
  readonly send: (options?: SendOptions) => Promise<readonly Outbound[]>;
}

interface Answers {
  readonly first?: string;
  readonly better?: string;
}

interface SendOptions {
  readonly channel?: ChatInbound['channel'];
  readonly trial?: boolean;
  /** Hours are lifted unless the test is about them. */
  readonly keepsHours?: boolean;
  readonly outcome?: SendOutcome;
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
  const { world } = heard.heard;
  const receiveInChat = createReceiveInChat(world);
  let events = 0;
  const says = (address: string, within: SharedChat, event: Inbound['event']) =>
    heard.receive({
      channel: within.channel,
      address,
      within: within.address,
      messageId: `private ${++events}`,
      event,
    });
  return {
    ...heard,
    receiveInChat,
    finishes: async (member, within, { first = '1', better = 'skip' } = {}) => {
      await says(member, within, { kind: 'join', keyword: 'park', language: 'en' });
      await says(member, within, { kind: 'command', command: 'go' });
      for (const text of [first, better]) await says(member, within, { kind: 'text', text });
    },
    send: async ({ channel = 'discord', trial = false, keepsHours = false, outcome } = {}) => {
      const sent: Outbound[] = [];
      const dispatcher = createDispatcher({
        pool: world.pool,
        channel: {
          name: channel,
          sender: `${channel}:a bot`,
          staysOnThisMachine: false,
          cost: () => 1,
          send: async (outbound) => {
            sent.push(outbound);
            return outcome ?? { kind: 'accepted', providerId: `post ${sent.length}` };
          },
        },
        ambient: world.ambient,
        people: world.contacts,
        openBody: async () => undefined,
        onOptOut: onProviderOptOut(world, channel),
        trial,
        partsPerSecond: 1_000,
        hours: keepsHours ? world.sending.hours : { ...world.sending.hours, always: true },
        log: silentLog,
      });
      await dispatcher.drain();
      return sent;
    },
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

/** The id of the issue that this event raised. */
export function issueIn({ posts }: ChatReceipt): string {
  const [post] = posts;
  if (post?.kind !== 'issue') throw new Error('no issue was raised');
  return post.issue.id;
}

export async function rowsOf(stage: TestHeard, text: string): Promise<readonly string[]> {
  const { rows } = await stage.heard.world.pool.query(text);
  return rows.map((row) => Object.values(row).map(String).join(' '));
}
