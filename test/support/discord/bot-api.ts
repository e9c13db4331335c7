/** What the bot may do with its own token: its commands, direct messages, and posts in channels. */
import { type Act, type Answer, type Body, INVALID_FORM, UNKNOWN_MESSAGE } from './answers.ts';
import { contentOf, type KeptMessages } from './kept-messages.ts';
import { type KeptMessage, messageObject, userObject } from './messages.ts';

/** How many sessions may still be begun. */
export interface SessionStarts {
  readonly remaining?: number;
  readonly reset_after?: number;
}

export interface BotApi {
  readonly callOf: (method: string, path: string) => Act | undefined;
  readonly commands: () => readonly Body[];
  readonly directChannel: (userId: string) => string;
}

/** Characters of one message. */
const LONGEST = 2_000;

export function botApi({
  applicationId,
  newId,
  messages,
  gateway,
}: {
  readonly applicationId: string;
  readonly newId: () => string;
  readonly messages: KeptMessages;
  readonly gateway: () => { readonly url: string; readonly sessionStarts: SessionStarts };
}): BotApi {
  const direct = new Map<string, string>();
  const nonces = new Map<string, KeptMessage>();
  let commands: Body[] = [];

  function gatewayInformation(): Answer {
    const { url, sessionStarts } = gateway();
    const session_start_limit = {
      total: 1000,
      remaining: 999,
      reset_after: 0,
      max_concurrency: 1,
      ...sessionStarts,
    };
    return { status: 200, body: { url, shards: 1, session_start_limit } };
  }

  function registerAll(body: unknown): Answer {
    commands = Array.isArray(body) ? body : [];
    const answered = commands.map((command) => ({
      version: newId(),
      ...command,
      id: newId(),
      application_id: applicationId,
      default_member_permissions:
        typeof command['default_member_permissions'] === 'number'
          ? `${command['default_member_permissions']}`
          : null,
    }));
    return { status: 200, body: answered };
  }

  function directChannel(userId: string): string {
    const id = direct.get(userId) ?? newId();
    direct.set(userId, id);
    return id;
  }

  function openDirect({ recipient_id }: Body): Answer {
    const id = directChannel(String(recipient_id));
    const recipients = [userObject(String(recipient_id))];
    return { status: 200, body: { id, type: 1, flags: 0, recipients } };
  }

  /** The same nonce again is the same message. */
  function createMessage(channelId: string, body: Body): Answer {
    const nonce = `${channelId}/${String(body['nonce'])}`;
    const known = body['enforce_nonce'] === true ? nonces.get(nonce) : undefined;
    const { content = '' } = contentOf(body);
    if (content.length > LONGEST) return INVALID_FORM;
    const message = known ?? messages.keep({ channelId, ...contentOf(body) });
    nonces.set(nonce, message);
    return { status: 200, body: messageObject(message) };
  }

  function editMessage(id: string, body: Body): Answer {
    const message = messages.all.find((one) => one.id === id && !one.deleted);
    if (message === undefined) return UNKNOWN_MESSAGE;
    messages.change(message, body);
    return { status: 200, body: messageObject(message) };
  }

  return {
    commands: () => commands,
    directChannel,
    callOf: (method, path) => {
      const [, one, two, three, four] = path.split('/');
      const call = `${method} ${one}`;
      if (path === '/gateway/bot') return gatewayInformation;
      if (call === 'PUT applications') return registerAll;
      if (path === '/users/@me/channels') return openDirect;
      if (two === undefined || three !== 'messages') return undefined;
      if (call === 'POST channels') return (body) => createMessage(two, body);
      if (call === 'PATCH channels' && four !== undefined) return (body) => editMessage(four, body);
      return undefined;
    },
  };
}
