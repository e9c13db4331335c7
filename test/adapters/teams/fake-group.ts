/**
 * A program behind a chat of several: a consultation of one question for a text, which everyone
 * answers in private, and the figures that everyone may see.
 */
import type { Inbound, Receive } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import type { ChatDesk, ChatInbound, ReceiveInChat, SharedCard } from '../../../src/shared-chat.ts';

export const GROUP = '19:youth-cabinet@thread.v2';

export interface FakeGroup {
  readonly receive: Receive;
  readonly inChat: ReceiveInChat;
  readonly desk: ChatDesk;
  readonly inbounds: Inbound[];
  readonly chatInbounds: ChatInbound[];
  readonly card: () => SharedCard;
  /** What everyone may see from now on. */
  readonly change: (more: Partial<SharedCard>) => void;
}

interface Conversation {
  readonly prompts: readonly Prompt[];
  readonly ended: boolean;
}

export function fakeGroup(): FakeGroup {
  const inbounds: Inbound[] = [];
  const chatInbounds: ChatInbound[] = [];
  const conversations = new Map<string, Conversation>();
  const seen = new Set<string>();
  let changed: Partial<SharedCard> = {};

  const card = (): SharedCard => {
    const finished = [...conversations.values()].filter(({ ended }) => ended).length;
    return {
      keyword: 'PARK',
      language: 'en',
      title: 'Chesham park',
      promise: 'Councillor Green decides on 14 January. We say why by 28 January.',
      state: 'open',
      progress: `About ${Math.floor(finished / 5) * 5} people here have finished.`,
      results: [],
      answer: 'Answer',
      ...changed,
    };
  };

  const receive: Receive = async (inbound) => {
    inbounds.push(inbound);
    if (seen.has(inbound.messageId)) return { kind: 'silence' };
    seen.add(inbound.messageId);
    const { address, event } = inbound;
    if (event.kind === 'join') conversations.set(address, { prompts: [question], ended: false });
    else if (event.kind === 'text') {
      const said = { ...thanks, lead: `You said: ${event.text}` };
      conversations.set(address, { prompts: [said], ended: true });
    }
    const prompts = conversations.get(address)?.prompts ?? [];
    const tell = () => {};
    return { kind: 'reply', prompts, handedOver: tell, notHandedOver: tell };
  };

  return {
    receive,
    inbounds,
    chatInbounds,
    card,
    change: (more) => {
      changed = { ...changed, ...more };
    },
    inChat: async (inbound) => {
      chatInbounds.push(inbound);
      return inbound.event.kind === 'start'
        ? { posts: [{ kind: 'consultation', card: card() }] }
        : { posts: [] };
    },
    desk: {
      openConsultations: async () => [],
      sharedCard: async (chat, keyword) =>
        chat.chat === `chat:${GROUP}` && keyword === 'PARK' ? card() : undefined,
      current: async ({ address }) => {
        const found = conversations.get(address);
        return found === undefined ? undefined : { keyword: 'PARK', language: 'en', ...found };
      },
    },
  };
}

const question: Prompt = {
  text: 'What would make the park better for you?',
  input: { kind: 'text', maxLength: 300 },
  keys: [{ command: 'skip', label: 'Skip' }],
  target: { step: 'better', revision: 1 },
  language: 'en',
};

const thanks: Prompt = {
  text: 'All done, thanks!',
  input: { kind: 'none' },
  keys: [],
  language: 'en',
};
