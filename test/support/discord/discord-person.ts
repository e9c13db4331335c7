/**
 * Somebody who uses Discord against the stand-in: writes, types commands, presses what they can see,
 * and gets back what was shown. It does only what Discord's own apps allow: a button must be there,
 * a command registered, a text no longer than its field.
 */

import type { Interaction } from './interactions.ts';
import { isPrivate, type KeptMessage, type Part } from './messages.ts';
import type { StandIn } from './stand-in.ts';

export interface DiscordPerson {
  readonly userId: string;
  /** Writes to the bot directly. */
  readonly say: (text: string, options?: { readonly id?: string }) => Promise<Shown>;
  /** "check", or "heard setup" for a part of a command. */
  readonly slash: (name: string, options?: Readonly<Record<string, string>>) => Promise<Shown>;
  /** The newest button with this label or custom id. */
  readonly press: (labelOrId: string) => Promise<Shown>;
  /** From the newest list that has them. */
  readonly choose: (...labels: readonly string[]) => Promise<Shown>;
  readonly submitModal: (text: string) => Promise<Shown>;
  /** What Discord suggests while this is typed. */
  readonly complete: (name: string, option: string, typed: string) => Promise<readonly string[]>;
  /** Everything that this person can see, the oldest first. */
  readonly sees: () => readonly KeptMessage[];
  /** The same click, tap or form once more, as Discord may bring it after a lost connection. */
  readonly repeat: () => Interaction;
}

export interface Shown {
  /** The words, and the labels of what can be pressed; without the marks that keep words plain. */
  readonly text: string;
  /** As it was sent. */
  readonly raw: string;
  readonly messages: readonly KeptMessage[];
  readonly modal?: Modal;
}

export interface Modal {
  readonly customId: string;
  readonly title: string;
  readonly words: string;
  readonly longest: number;
  readonly fieldId: string;
}

export interface Whereabouts {
  /** In a server; otherwise in direct messages. */
  readonly guildId?: string;
  readonly channelId?: string;
  readonly roles?: readonly string[];
  readonly permissions?: string;
  readonly locale?: string;
}

const COMMAND = 2;
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const FORM = 5;

export function discordPerson(
  standIn: StandIn,
  userId: string,
  where: Whereabouts = {},
): DiscordPerson {
  let modal: (Modal & { readonly from?: KeptMessage }) | undefined;
  let latest: (() => Interaction) | undefined;
  const channelId =
    where.guildId === undefined
      ? standIn.directChannel(userId)
      : (where.channelId ?? standIn.channelId);

  const sees = () =>
    standIn.messages.filter(
      (message) =>
        !message.deleted &&
        message.channelId === channelId &&
        (!isPrivate(message) || message.interactionUserId === userId),
    );

  function seenSince(mark: number): readonly KeptMessage[] {
    return sees()
      .filter(({ changed, loading }) => changed > mark && !loading)
      .sort((a, b) => a.changed - b.changed);
  }

  const mark = () => Math.max(0, ...standIn.messages.map(({ changed }) => changed));

  async function act(
    type: number,
    data: Record<string, unknown>,
    pressed?: KeptMessage,
  ): Promise<Shown> {
    const before = mark();
    const from = {
      userId,
      type,
      data,
      ...where,
      channelId,
      ...(pressed === undefined ? {} : { pressed }),
    };
    const interaction = standIn.interact(from);
    latest = () => standIn.interact({ ...from, again: interaction });
    await standIn.until('an answer to an interaction', () => interaction.answered);
    if (interaction.callback?.type === 9) modal = modalOf(interaction.callback.data, pressed);
    else if (type !== AUTOCOMPLETE) await quiet(standIn);
    return shownOf(seenSince(before), interaction.callback?.type === 9 ? modal : undefined);
  }

  function newest(isIt: (part: Part) => boolean): { message: KeptMessage; part: Part } {
    for (const message of [...sees()].reverse()) {
      const part = message.components.flatMap((row) => row.components).find(isIt);
      if (part !== undefined) return { message, part };
    }
    throw new Error('Nothing like that can be pressed here');
  }

  return {
    userId,
    sees,
    repeat: () => {
      if (latest === undefined) throw new Error('Nothing was done yet');
      return latest();
    },
    say: async (text, { id } = {}) => {
      const before = mark();
      standIn.writeTo({ userId, text, ...(id === undefined ? {} : { id }) });
      await standIn.until('a reply', () => seenSince(before).length > 0);
      await quiet(standIn);
      return shownOf(seenSince(before));
    },
    slash: (name, options = {}) => act(COMMAND, commandData(standIn, name, options)),
    complete: async (name, option, typed) => {
      const data = commandData(standIn, name, { [option]: typed });
      const focused = JSON.parse(JSON.stringify(data), (_, value: unknown) =>
        isOption(value, option) ? { ...value, focused: true } : value,
      ) as Record<string, unknown>;
      const interaction = standIn.interact({
        userId,
        type: AUTOCOMPLETE,
        data: focused,
        ...where,
        channelId,
      });
      await standIn.until('suggestions', () => interaction.answered);
      const choices = interaction.callback?.data['choices'] as readonly { name: string }[];
      return choices.map((choice) => choice.name);
    },
    press: (labelOrId) => {
      const { message, part } = newest(
        ({ type, label, custom_id }) =>
          type === 2 && (label === labelOrId || custom_id === labelOrId),
      );
      return act(COMPONENT, { component_type: 2, custom_id: part.custom_id }, message);
    },
    choose: (...labels) => {
      const { message, part } = newest(({ options = [] }) =>
        labels.every((label) => options.some((one) => one.label === label)),
      );
      const values = labels.map((label) => part.options?.find((one) => one.label === label)?.value);
      if (values.length < (part.min_values ?? 1) || values.length > (part.max_values ?? 1))
        throw new Error('So many cannot be chosen');
      return act(COMPONENT, { component_type: 3, custom_id: part.custom_id, values }, message);
    },
    submitModal: (text) => {
      if (modal === undefined) throw new Error('No form is open');
      if (text.length > modal.longest) throw new Error('The form takes no more');
      const field = { type: 4, id: 3, custom_id: modal.fieldId, value: text };
      const components = [{ type: 18, id: 2, component: field }];
      return act(FORM, { custom_id: modal.customId, components }, modal.from);
    },
  };
}

const QUIET_MS = 30;

/** What comes in several pieces has come when nothing has for a moment. */
async function quiet({ requests }: StandIn): Promise<void> {
  for (let count = -1; count !== requests.length; ) {
    count = requests.length;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

function shownOf(messages: readonly KeptMessage[], modal?: Modal): Shown {
  const raw = [
    ...messages.flatMap(({ content, components }) => [
      content,
      ...components.flatMap((row) => row.components).flatMap(labelsOf),
    ]),
    ...(modal === undefined ? [] : [modal.title, modal.words]),
  ].join('\n');
  return {
    raw,
    text: raw.replaceAll(/\\([^0-9A-Za-z\s])/g, '$1'),
    messages,
    ...(modal === undefined ? {} : { modal }),
  };
}

function labelsOf({ label, placeholder, options = [] }: Part): readonly string[] {
  return [label, placeholder, ...options.map((option) => option.label)].flatMap((one) => one ?? []);
}

function modalOf(
  data: Record<string, unknown>,
  from?: KeptMessage,
): Modal & { from?: KeptMessage } {
  const parts = data['components'] as readonly {
    readonly content?: string;
    readonly label?: string;
    readonly component?: { readonly custom_id: string; readonly max_length?: number };
  }[];
  const field = parts.find(({ component }) => component !== undefined)?.component;
  if (field === undefined) throw new Error('A form without a field');
  return {
    customId: String(data['custom_id']),
    title: String(data['title']),
    words: parts
      .flatMap(({ content, label }) => [content, label].flatMap((one) => one ?? []))
      .join('\n'),
    longest: field.max_length ?? 4_000,
    fieldId: field.custom_id,
    ...(from === undefined ? {} : { from }),
  };
}

interface Registered {
  readonly name: string;
  readonly type?: number;
  readonly required?: boolean;
  readonly options?: readonly Registered[];
}

function commandData(
  standIn: StandIn,
  name: string,
  given: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const [first = '', second] = name.split(' ');
  const commands = standIn.commands() as unknown as readonly Registered[];
  const command = commands.find((one) => one.name === first);
  if (command === undefined) throw new Error(`There is no command /${first}`);
  const part = second === undefined ? command : command.options?.find((one) => one.name === second);
  if (part === undefined) throw new Error(`There is no command /${name}`);
  const options = Object.entries(given).map(([option, value]) => {
    const known = part.options?.find((one) => one.name === option);
    if (known === undefined) throw new Error(`/${name} takes no ${option}`);
    return { type: known.type, name: option, value };
  });
  return {
    id: '1',
    type: 1,
    name: first,
    ...(second === undefined ? { options } : { options: [{ type: 1, name: second, options }] }),
  };
}

function isOption(value: unknown, name: string): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    'name' in value &&
    value.name === name
  );
}
