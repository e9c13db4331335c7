/**
 * The shape of what Teams sends, read strictly and only as far as it is needed: no name and no
 * e-mail address of anybody is ever taken out of it. Ids are Microsoft's and mean nothing here.
 */
import { z } from 'zod';

const id = z.string().min(1).max(2048);
const account = z.object({ id, aadObjectId: z.string().max(200).optional() });

const shape = z.object({
  type: z.string().min(1).max(100),
  id: id.optional(),
  name: z.string().max(200).optional(),
  /** Every other channel of the Bot Framework is somebody else's. */
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1).max(2048),
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: z.enum(['personal', 'groupChat', 'channel']).optional(),
    tenantId: z.string().max(200).optional(),
  }),
  text: z.string().optional(),
  locale: z.string().max(100).optional(),
  value: z.unknown().optional(),
  replyToId: id.optional(),
  action: z.string().max(100).optional(),
  entities: z
    .array(
      z.object({
        type: z.string().max(200),
        mentioned: z.object({ id }).optional(),
        text: z.string().max(2048).optional(),
      }),
    )
    .max(500)
    .optional(),
  membersAdded: z.array(z.object({ id })).max(5000).optional(),
  membersRemoved: z.array(z.object({ id })).max(5000).optional(),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().max(200) }).optional(),
      eventType: z.string().max(100).optional(),
      channel: z.object({ id }).optional(),
    })
    .optional(),
});

export type Activity = z.infer<typeof shape>;

/** Undefined for anything that is no activity of Teams. */
export function readActivity(value: unknown): Activity | undefined {
  const read = shape.safeParse(value);
  return read.success ? read.data : undefined;
}

export type ConversationType = 'personal' | 'groupChat' | 'channel';

/** Where it is not said, the id tells: what might be seen by others is never taken for personal. */
export function conversationType({ conversation }: Activity): ConversationType {
  if (conversation.conversationType !== undefined) return conversation.conversationType;
  return conversation.id.startsWith('19:') ? 'groupChat' : 'personal';
}

export function isShared(activity: Activity): boolean {
  return conversationType(activity) !== 'personal';
}

/** The language of somebody's Teams, without its country. */
export function languageOf({ locale }: Activity): string | undefined {
  return /^[a-z]{2,3}(?=-|$)/.exec(locale?.toLowerCase() ?? '')?.[0];
}

/** Ours, another bot's, or an app's: nobody is answered who is not a person. */
export function isFromBot({ from, recipient }: Activity): boolean {
  return from.id === recipient.id || from.id.startsWith('28:');
}
