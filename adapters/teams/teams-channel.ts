/**
 * The Teams channel's way out: one attempt to write into a conversation that is known from before,
 * and what became of it. It never tries twice: whether a message may go again is the outbox's
 * decision, because Teams has no key that would make a repeated send harmless.
 */
import type { Channel, Outbound } from '../../src/channel.ts';
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import type { OutgoingActivity } from './card-json.ts';
import { createConnector } from './connector.ts';
import { chatId } from './identity.ts';
import { promptActivity } from './prompt-card.ts';
import { type Reference, readReference } from './reference.ts';
import { type Say, type TeamsOptions, teamsSettings } from './teams-options.ts';

export function teamsChannel(options: TeamsOptions, ports: { readonly say: Say }): Channel {
  const settings = teamsSettings(options);
  const connector = createConnector(settings);
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
      return connector.post(reference, activityOf(outbound, { say: ports.say, organisation }));
    },
  };
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

function tenantOf({ conversation }: Reference): string {
  return conversation.tenantId.toLowerCase();
}

/** A reference is kept beside an address: one that leads elsewhere was not put there by us. */
function belongs(reference: Reference, address: string): boolean {
  const { id, conversationType } = reference.conversation;
  if (address.startsWith(SHARED_CHAT)) return chatId(id) === address.slice(SHARED_CHAT.length);
  const [tenant, person] = address.split('/');
  return (
    conversationType === 'personal' && (person === undefined || tenant === tenantOf(reference))
  );
}
