/**
 * What the adapters of Discord and Teams work with: the private way in, the way in for what others
 * see, what they may ask, and the program's own sentences.
 */
import type { Heard } from '../app.ts';
import type { Receive } from '../channel.ts';
import { createSharedChatDesk } from '../conversation/shared-chat-desk.ts';
import { formFor } from '../flow/channel-form.ts';
import type { Words } from '../flow/words.ts';
import { createReceiveInChat } from '../groups/receive-in-chat.ts';
import type { Log } from '../platform/log.ts';
import type { ChatDesk, ChatInbound, ReceiveInChat } from '../shared-chat.ts';

type App = ChatInbound['channel'];

export interface ChatPorts {
  readonly receive: Receive;
  readonly inChat: ReceiveInChat;
  readonly desk: ChatDesk & {
    /** What the adapter was last given to post in a chat; missing for a chat that is not known. */
    readonly referenceOf: (chat: string) => Promise<string | undefined>;
  };
  readonly say: Say;
  /** What people may type for something, in every language, by the name of its list. */
  readonly phrases: (list: string) => readonly string[];
  readonly log: Log;
}

export type Say = (
  name: string,
  language: string,
  values?: Readonly<Record<string, string>>,
) => string;

export function chatPorts({ world, log }: Heard, receive: Receive, channel: App): ChatPorts {
  const { pool, contacts, words } = world;
  return {
    receive,
    inChat: createReceiveInChat(world),
    desk: {
      ...createSharedChatDesk(world),
      referenceOf: async (chat) => {
        const [known] = await contacts.lookUpMany(pool, [{ channel, address: chat }]);
        if (known?.person === undefined) return undefined;
        return (await contacts.addressOf(pool, [known.person])).get(known.person)?.reference;
      },
    },
    say: sayOn(words, channel),
    phrases: (list) => Object.values(words.vocabulary.lists[list] ?? {}).flat(),
    log,
  };
}

/** In the form that is true on the channel. */
export function sayOn(words: Words, channel: App): Say {
  return (name, language, values) => words.say(formFor(words, channel, name), language, values);
}
