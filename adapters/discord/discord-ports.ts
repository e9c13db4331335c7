/** What the gateway needs from the program: the two ways in, what is open, its words and its log. */
import type { Receive } from '../../src/channel.ts';
import type { Log } from '../../src/platform/log.ts';
import type { ChatDesk, ReceiveInChat } from '../../src/shared-chat.ts';
import type { Say } from './discord-options.ts';

export interface DiscordPorts {
  readonly receive: Receive;
  readonly inChat: ReceiveInChat;
  readonly desk: Pick<ChatDesk, 'openConsultations' | 'current'> &
    /** Where it is missing, a card stays as it was posted. */
    Partial<Pick<ChatDesk, 'sharedCard'>> & {
      /**
       * What the last setup of a server gave as its reference: the adapter reads the chosen channel
       * and role out of it. Where it is missing, everyone may raise and posts stay where they arise.
       */
      readonly referenceOf?: (chat: string) => Promise<string | undefined>;
    };
  readonly say: Say;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}
