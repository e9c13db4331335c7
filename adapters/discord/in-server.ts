/**
 * What is done in a server in front of everyone: raising and backing issues, results, the promise,
 * and where all that is posted. No answer of anybody passes here.
 */
import type { Prompt } from '../../src/flow/prompt.ts';
import { type ChatEvent, type ChatReceipt, type Post, SHARED_CHAT } from '../../src/shared-chat.ts';
import { acknowledge, type Manner } from './acknowledge.ts';
import { type Answering, createAnswering } from './answering.ts';
import { type BotParts, languageOf } from './bot-parts.ts';
import { givenBack } from './carry.ts';
import { createChosenChannels } from './chosen-channel.ts';
import type { Interaction, Server } from './interaction.ts';
import { post } from './post.ts';
import { messagesOf } from './posts.ts';
import { asMessages, toMessages } from './render.ts';
import { type ServerReference, writeReference } from './server-reference.ts';

export interface InServer {
  readonly raise: (interaction: Interaction, text: string) => Promise<void>;
  readonly back: (interaction: Interaction, issue: string) => Promise<void>;
  /** Everything else that is answered for all to see, where it was asked. */
  readonly ask: (interaction: Interaction, event: ChatEvent) => Promise<void>;
  readonly start: (interaction: Interaction, keyword: string) => Promise<void>;
  readonly setUp: (interaction: Interaction, chosen: ServerReference) => Promise<void>;
  /** Whether what is remembered of the server forbids it: answered without asking anybody. */
  readonly mayRaise: (server: Server) => boolean;
  readonly removed: (serverId: string, messageId: string) => Promise<void>;
  /** Says one of the adapter's own sentences to the person alone. */
  readonly tell: (interaction: Interaction, sentence: string) => Promise<void>;
}

interface Place {
  readonly server: Server;
  readonly answering: Answering;
  readonly chosen?: ServerReference;
}

export function createInServer(parts: BotParts): InServer {
  const { rest, calm, applicationId, ports } = parts;
  const { say, log } = ports;
  const chosenChannels = createChosenChannels(ports);

  const languageIn = ({ locale }: Interaction) => languageOf(parts, locale) ?? 'en';

  async function begin(interaction: Interaction, manner: Manner): Promise<Answering> {
    const acknowledged = await acknowledge(parts, interaction, manner);
    const answering = createAnswering(rest, applicationId, interaction, manner, acknowledged);
    await calm.settled();
    return answering;
  }

  function sentence(interaction: Interaction, name: string, values: Record<string, string> = {}) {
    return asMessages(say(name, languageIn(interaction), values), []);
  }

  async function tell(interaction: Interaction, name: string): Promise<void> {
    const answering = await begin(interaction, 'new');
    await answering.aside(sentence(interaction, name));
  }

  /** Acknowledges, does it, and says so when it could not be done. */
  async function inServer(
    interaction: Interaction,
    manner: Manner,
    work: (place: Place) => Promise<void>,
    written?: string,
  ): Promise<void> {
    const { server } = interaction;
    const answering = await begin(interaction, server === undefined ? 'new' : manner);
    if (server === undefined)
      return void (await answering.aside(sentence(interaction, 'discord_server_only')));
    try {
      const chosen = await chosenChannels.of(server.id);
      await work({ server, answering, ...(chosen === undefined ? {} : { chosen }) });
    } catch (error) {
      log.error('something done in a server could not be carried', { channel: 'discord', error });
      const sorry = say('discord_try_again', languageIn(interaction));
      const words = written === undefined ? sorry : givenBack(sorry, written);
      await answering.aside(asMessages(words, []));
    }
  }

  async function carryIn(
    interaction: Interaction,
    { server, chosen }: Place,
    event: ChatEvent,
    reference = chosen === undefined ? undefined : writeReference(chosen),
  ): Promise<ChatReceipt> {
    const language = languageOf(parts, interaction.locale);
    return ports.inChat({
      channel: 'discord',
      chat: `${SHARED_CHAT}${server.id}`,
      messageId: interaction.id,
      by: interaction.userId,
      event,
      ...(reference === undefined ? {} : { reference }),
      ...(language === undefined ? {} : { language }),
    });
  }

  /** Into the chosen channel; where that is gone or closed to us, where it was done. */
  async function postAll(
    interaction: Interaction,
    posts: readonly Post[],
    { chosen, answering }: Place,
  ): Promise<'chosen' | 'here' | 'nowhere'> {
    let where: 'chosen' | 'here' | 'nowhere' = 'here';
    for (const [at, one] of posts.entries()) {
      const messages = messagesOf(one);
      const nonce = `${interaction.id}/${at}`;
      const outcome = chosen && (await post(rest, chosen.channelId, messages, nonce));
      // What may stand there already is not posted twice.
      if (outcome?.kind === 'accepted' || outcome?.kind === 'unknown') where = 'chosen';
      else where = (await answering.inPublic(messages)) ? 'here' : 'nowhere';
    }
    return where;
  }

  async function finish(
    interaction: Interaction,
    { aside = [], posts, standing }: ChatReceipt,
    { answering, chosen }: Place,
    where: 'chosen' | 'here' | 'nowhere',
  ): Promise<void> {
    if (aside.length > 0) return void (await answering.aside(toMessages(aside, say)));
    if (standing !== undefined)
      return void (await answering.aside(messagesOf({ kind: 'issue', issue: standing })));
    if (posts.length === 0) return answering.nothing();
    if (where === 'nowhere')
      return void (await answering.aside(sentence(interaction, 'discord_cannot_post')));
    if (where === 'here') return answering.nothing();
    const channel = `<#${chosen?.channelId ?? ''}>`;
    await answering.aside(sentence(interaction, 'discord_posted', { channel }));
  }

  /** Where no channel is chosen, answers come back to where the issue arose. */
  function placeFor({ server, chosen }: Place): string | undefined {
    if (chosen !== undefined || !chosenChannels.known) return undefined;
    return server.channelId;
  }

  function allowed({ roles, isManager }: Server, chosen: ServerReference | undefined): boolean {
    return chosen?.roleId === undefined || isManager || roles.includes(chosen.roleId);
  }

  return {
    tell,
    mayRaise: (server) => allowed(server, chosenChannels.remembered(server.id)),
    raise: (interaction, text) =>
      inServer(
        interaction,
        'new',
        async (place) => {
          if (!allowed(place.server, place.chosen)) {
            await place.answering.aside(sentence(interaction, 'discord_may_not_raise'));
            return;
          }
          const reference = placeFor(place);
          const receipt = await carryIn(interaction, place, { kind: 'raise', text }, reference);
          const where = await postAll(interaction, receipt.posts, place);
          await finish(interaction, receipt, place, where);
        },
        text,
      ),
    back: (interaction, issue) =>
      inServer(interaction, 'card', async (place) => {
        const { answering } = place;
        const receipt = await carryIn(interaction, place, { kind: 'back', issue });
        const { posts, aside = [], standing } = receipt;
        for (const one of posts) {
          const isThis = one.kind === 'issue' && one.issue.id === issue;
          if (isThis) await answering.show(messagesOf(one));
          else await answering.inPublic(messagesOf(one));
        }
        // What came before is written over itself: the first answer may have been lost on the way.
        if (standing !== undefined)
          await answering.show(messagesOf({ kind: 'issue', issue: standing }));
        await answering.aside(toMessages(aside, say));
      }),
    ask: (interaction, event) =>
      inServer(interaction, 'new', async (place) => {
        const receipt = await carryIn(interaction, place, event);
        const { server, answering } = place;
        const where = await postAll(interaction, receipt.posts, { server, answering });
        await finish(interaction, receipt, place, where);
      }),
    start: (interaction, keyword) =>
      inServer(interaction, 'new', async (place) => {
        if (!place.server.isManager)
          return void (await place.answering.aside(sentence(interaction, 'discord_managers_only')));
        const event: ChatEvent = { kind: 'start', keyword };
        const receipt = await carryIn(interaction, place, event, placeFor(place));
        const where = await postAll(interaction, receipt.posts, place);
        await finish(interaction, receipt, place, where);
      }),
    setUp: (interaction, chosen) =>
      inServer(interaction, 'new', async (before) => {
        const { answering, server } = before;
        if (!server.isManager)
          return void (await answering.aside(sentence(interaction, 'discord_managers_only')));
        const place = { server, answering, chosen };
        const receipt = await carryIn(interaction, place, { kind: 'added' });
        chosenChannels.forget(server.id);
        const where = await postAll(interaction, receipt.posts, place);
        const closed = receipt.posts.length > 0 && where !== 'chosen';
        const name = closed ? 'discord_cannot_post' : 'discord_set_up';
        const done = sentence(interaction, name, { channel: `<#${chosen.channelId}>` });
        const asides: readonly Prompt[] = receipt.aside ?? [];
        await answering.aside([...done, ...toMessages(asides, say)]);
      }),
    removed: async (serverId, messageId) => {
      chosenChannels.forget(serverId);
      await ports.inChat({
        channel: 'discord',
        chat: `${SHARED_CHAT}${serverId}`,
        messageId,
        by: applicationId,
        event: { kind: 'removed' },
      });
    },
  };
}
