/**
 * Where a conversation of Teams can be written to later, as the text that is kept encrypted beside
 * the address. The names are the Bot Framework's, so that whatever comes after its SDK can read it.
 */
import { z } from 'zod';
import { type Activity, conversationType } from './activity.ts';
import { chatId, tenantOf } from './identity.ts';

const shape = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1).max(2048),
  conversation: z.object({
    id: z.string().min(1).max(2048),
    conversationType: z.enum(['personal', 'groupChat', 'channel']),
    tenantId: z.string().max(200),
  }),
  bot: z.object({ id: z.string().min(1).max(2048) }),
});

export type Reference = z.infer<typeof shape>;

const openingShape = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1).max(2048),
  conversation: z.object({
    conversationType: z.literal('personal'),
    tenantId: z.string().max(200),
  }),
  user: z.object({ id: z.string().min(1).max(2048) }),
  bot: z.object({ id: z.string().min(1).max(2048) }),
});

/** Somebody met in a chat of several: who they are, for opening a chat of their own later. */
export type Opening = z.infer<typeof openingShape>;

/** The conversation that an activity belongs to, its thread included. */
export function placeOf(activity: Activity): Reference {
  const { serviceUrl, conversation, recipient } = activity;
  return {
    channelId: 'msteams',
    serviceUrl,
    conversation: {
      id: conversation.id,
      conversationType: conversationType(activity),
      tenantId: tenantOf(activity) ?? '',
    },
    bot: { id: recipient.id },
  };
}

/** For later: the whole chat, not the thread that somebody happened to write in. */
export function referenceOf(activity: Activity): string {
  const place = placeOf(activity);
  const id = chatId(place.conversation.id);
  return JSON.stringify({ ...place, conversation: { ...place.conversation, id } });
}

export function openingOf(activity: Activity): Opening {
  const { serviceUrl, bot, conversation } = placeOf(activity);
  return {
    channelId: 'msteams',
    serviceUrl,
    conversation: { conversationType: 'personal', tenantId: conversation.tenantId },
    user: { id: activity.from.id },
    bot,
  };
}

export function readReference(text: string): Reference | Opening | undefined {
  try {
    return z.union([shape, openingShape]).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function isOpening(reference: Reference | Opening): reference is Opening {
  return 'user' in reference;
}
