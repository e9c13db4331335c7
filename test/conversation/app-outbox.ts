/** What a channel is given to send when Heard writes first: taken by a stand-in that remembers it. */
import { bodyOpener } from '../../src/app/dispatching.ts';
import type { Channel, Outbound } from '../../src/channel.ts';
import { onProviderOptOut } from '../../src/conversation/stopping.ts';
import { createDispatcher } from '../../src/delivery/dispatcher.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { TestHeard } from '../support/open-test-heard.ts';

/** What those who took part are told. */
export const TEXTS = { en: 'Bury Council: most picked the ramp.' };

/** An app, or a provider of texts, that takes everything and remembers it. */
export function app(name: 'discord' | 'teams' | 'sms'): Channel & { readonly sent: Outbound[] } {
  const sent: Outbound[] = [];
  return {
    name,
    sender: `${name}:test`,
    staysOnThisMachine: false,
    cost: () => 1,
    sent,
    send: async (outbound) => {
      sent.push(outbound);
      return { kind: 'accepted', providerId: `${name} ${sent.length}` };
    },
  };
}

/** Lets everything leave that waits for this channel. */
export async function sendAll({ heard, clock }: TestHeard, channel: Channel, trial = false) {
  const { world } = heard;
  await world.ledger.flush();
  await createDispatcher({
    pool: world.pool,
    channel,
    ambient: { ...world.ambient, now: () => clock.now },
    people: world.contacts,
    openBody: bodyOpener(heard),
    onOptOut: onProviderOptOut(world, channel.name),
    trial,
    partsPerSecond: 1000,
    hours: { ...world.sending.hours, always: true },
    log: silentLog,
  }).drain();
}
