/** One dispatcher for each channel that can begin by itself: what leaves the house leaves here. */
import type { Heard } from '../app.ts';
import type { Channel } from '../channel.ts';
import { bodyBinding } from '../conversation/commit-turn.ts';
import { DoesNotOpen, openForDay } from '../conversation/day-seal.ts';
import { readPrompts } from '../conversation/repeat-reply.ts';
import { onProviderOptOut } from '../conversation/stopping.ts';
import { createDispatcher } from '../delivery/dispatcher.ts';
import type { OpenBody } from '../delivery/message-body.ts';
import type { Config } from '../platform/config.ts';

/** Discord takes 50 requests a second from a bot, Teams 50 from an app; replies need some of them. */
const MESSAGES_PER_SECOND = 40;

export function rateOf({ name }: Channel, { smsPartsPerSecond }: Config): number {
  return name === 'sms' ? smsPartsPerSecond : MESSAGES_PER_SECOND;
}

export interface Dispatching {
  readonly stop: () => Promise<void>;
}

export function startDispatching(heard: Heard): Dispatching {
  const { world, config, log } = heard;
  const { pool, ambient, contacts } = world;
  const dispatchers = [...world.channels.values()]
    .filter((channel) => channel.name !== 'web')
    .map((channel) =>
      createDispatcher({
        pool,
        channel,
        ambient,
        people: contacts,
        openBody: bodyOpener(heard),
        onOptOut: onProviderOptOut(world, channel.name),
        trial: config.mode === 'trial',
        partsPerSecond: rateOf(channel, config),
        hours: world.sending.hours,
        log,
      }),
    );
  for (const dispatcher of dispatchers) dispatcher.start();
  return {
    stop: async () => {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    },
  };
}

export function bodyOpener({ world }: Heard): OpenBody {
  return async (personId, body) => {
    try {
      const text = await openForDay(world.keys, body, bodyBinding(personId));
      return text === undefined ? undefined : readPrompts(text);
    } catch (error) {
      if (error instanceof DoesNotOpen) return undefined;
      throw error;
    }
  };
}
