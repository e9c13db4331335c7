/** A golden conversation in direct messages on Discord: typed there, or pressed below what was written. */
import { readCustomId } from '../../../adapters/discord/custom-id.ts';
import { discordPerson } from '../discord/discord-person.ts';
import type { KeptMessage, Part } from '../discord/messages.ts';
import type { Program } from './program.ts';
import { asLines, FIELD, type Key, type Talk } from './talk.ts';

export function onDiscord({ discord, nextIsDealtWith }: Program, userId: string): Talk {
  const person = discordPerson(discord, userId);
  /** What has come since is new messages: what was pressed only loses its buttons. */
  const since = async (act: () => Promise<unknown>): Promise<string> => {
    const before = new Set(person.sees().map(({ id }) => id));
    await act();
    return read(person.sees().filter(({ id }) => !before.has(id)));
  };
  return {
    address: () => userId,
    say: (text) =>
      since(async () => {
        const dealtWith = nextIsDealtWith();
        discord.writeTo({ userId, text });
        await dealtWith;
      }),
    tap: (labels) =>
      since(async () => {
        const [label = ''] = labels;
        const isButton = parts(person.sees()).some((part) => part.label === label);
        if (isButton) await person.press(label);
        // An order is chosen place by place.
        else if (isRanking(parts(person.sees())))
          for (const one of labels) await person.choose(one);
        else await person.choose(...labels);
      }),
  };
}

function read(messages: readonly KeptMessage[]): string {
  const all = parts(messages);
  return asLines({
    words: messages.map(({ content }) => content.replaceAll(/\\([^0-9A-Za-z\s])/g, '$1')),
    options: all.flatMap(optionsOf),
    keys: all.flatMap(keysOf),
  });
}

function keysOf({ custom_id = '', label = '' }: Part): readonly Key[] {
  const pressed = readCustomId(custom_id);
  return pressed?.kind === 'key' ? [{ command: pressed.command, label }] : [];
}

function optionsOf(part: Part): readonly string[] {
  switch (kindOf(part)) {
    case 'option':
      return [part.label ?? ''];
    case 'write':
      return [FIELD];
    default:
      return (part.options ?? []).map(({ label }) => label);
  }
}

function isRanking(all: readonly Part[]): boolean {
  return all.some((part) => kindOf(part) === 'rank');
}

function kindOf({ custom_id = '' }: Part) {
  return readCustomId(custom_id)?.kind;
}

function parts(messages: readonly KeptMessage[]): readonly Part[] {
  return messages.flatMap(({ components }) => components.flatMap((row) => row.components));
}
