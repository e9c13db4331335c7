/** The messages that stand in Discord's channels: made, changed and counted as Discord does. */
import type { KeptMessage, Row } from './messages.ts';

export interface KeptMessages {
  readonly all: readonly KeptMessage[];
  readonly keep: (fields: Partial<KeptMessage> & Pick<KeptMessage, 'channelId'>) => KeptMessage;
  readonly change: (message: KeptMessage, body: Record<string, unknown>) => void;
}

export function keepMessages(newId: () => string): KeptMessages {
  const all: KeptMessage[] = [];
  let changes = 0;
  return {
    all,
    keep: (fields) => {
      const message: KeptMessage = {
        id: newId(),
        content: '',
        components: [],
        flags: 0,
        loading: false,
        deleted: false,
        changed: ++changes,
        ...fields,
      };
      all.push(message);
      return message;
    },
    change: (message, body) => {
      const { content, components } = contentOf(body);
      if (content !== undefined) message.content = content;
      if (components !== undefined) message.components = components;
      message.loading = false;
      message.changed = ++changes;
    },
  };
}

/** Of a body that the bot sent: what a message is made of. */
export function contentOf(body: Record<string, unknown>) {
  return {
    ...(typeof body['content'] === 'string' ? { content: body['content'] } : {}),
    ...(Array.isArray(body['components']) ? { components: body['components'] as Row[] } : {}),
    ...(typeof body['flags'] === 'number' ? { flags: body['flags'] } : {}),
  };
}
