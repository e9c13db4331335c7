/**
 * The Teams channel's way out: one attempt to write into a conversation that is known from before, or
 * that is opened for it, and what became of it. It never tries twice: whether a message may go again is the outbox's
 * decision, because Teams has no key that would make a repeated send harmless.
 */
import type { Channel, Outbound, SendOutcome } from '../../src/channel.ts';
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import type { OutgoingActivity } from './card-json.ts';
import { createConnector } from './connector.ts';
import { chatId } from './identity.ts';
import { createOwnChats } from './own-chats.ts';
import { promptActivity } from './prompt-card.ts';
import { isOpening, type Opening, type Reference, readReference } from './reference.ts';
import { NOT_INSTALLED } from './send-outcome.ts';
import { type Say, type TeamsOptions, teamsSettings } from './teams-options.ts';

export function teamsChannel(options: TeamsOptions, ports: { readonly say: Say }): Channel {
  const settings = teamsSettings(options);
  const connector = createConnector(settings);
  const ownChats = createOwnChats(connector);
  return {
    name: 'teams',
    sender: `teams:${settings.appId}`,
    staysOnThisMachine: connector.isOnThisMachine,
    cost: () => 1,
    send: async (outbound) => {
      const reference = readReference(outbound.reference ?? '');
      if (reference === undefined)
        return { kind: 'refused', reason: 'no-reference', optedOut: false };
      if (
        !settings.tenantIds.includes(tenantOf(reference)) ||
        !belongs(reference, outbound.address)
      )
        return { kind: 'refused', reason: 'other-reference', optedOut: false };
      const { organisation } = settings;
      const activity = activityOf(outbound, { say: ports.say, organisation });
      return isOpening(reference)
        ? toOwnChat(reference, activity)
        : connector.post(reference, activity);
    },
  };

  /** To somebody whom we only met among others. */
  async function toOwnChat(opening: Opening, activity: OutgoingActivity): Promise<SendOutcome> {
    const opened = await ownChats.open(opening);
    if (opened.kind !== 'opened') return opened;
    const outcome = await connector.post(opened.place, activity);
    if (outcome.kind !== 'refused') return outcome;
    ownChats.drop(opening);
    // They have never said anything to us alone, so this is no answer of theirs either.
    return outcome.optedOut ? NOT_INSTALLED : outcome;
  }
}

/** A chat of several is told words, and asked nothing. */
function activityOf(
  { address, prompts }: Outbound,
  context: { readonly say: Say; readonly organisation: string },
): OutgoingActivity {
  const isChat = address.startsWith(SHARED_CHAT);
  return promptActivity(
    isChat ? prompts.map((prompt) => ({ ...prompt, input: { kind: 'none' }, keys: [] })) : prompts,
    context,
  );
}

function tenantOf({ conversation }: Reference | Opening): string {
  return conversation.tenantId.toLowerCase();
}

/** A reference is kept beside an address: one that leads elsewhere was not put there by us. */
function belongs(reference: Reference | Opening, address: string): boolean {
  if (address.startsWith(SHARED_CHAT))
    return (
      !isOpening(reference) &&
      chatId(reference.conversation.id) === address.slice(SHARED_CHAT.length)
    );
  if (reference.conversation.conversationType !== 'personal') return false;
  const [tenant, person] = address.split('/');
  if (person !== undefined) return tenant === tenantOf(reference);
  return !isOpening(reference) || reference.user.id === address;
}
