/**
 * Whom and which chat an activity is about, in canonical form. The directory of the chat decides
 * whether it may be answered, because a guest's own directory is not known here.
 */
import { createHash } from 'node:crypto';
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import type { Activity } from './activity.ts';

export function tenantOf({ channelData, conversation }: Activity): string | undefined {
  return (channelData?.tenant?.id ?? conversation.tenantId)?.toLowerCase();
}

/** Without an id of the directory it is somebody who came to a meeting by its link. */
export function hasIdentity({ from }: Activity): boolean {
  return from.aadObjectId !== undefined && OBJECT_ID.test(from.aadObjectId);
}

const OBJECT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function personAddress(activity: Activity): string {
  const { from } = activity;
  const tenant = tenantOf(activity);
  return hasIdentity(activity) && tenant !== undefined && from.aadObjectId !== undefined
    ? `${tenant}/${from.aadObjectId.toLowerCase()}`
    : from.id;
}

/** A channel's thread is part of the channel. */
export function chatId(conversationId: string): string {
  return conversationId.replace(/;messageid=.*$/, '');
}

export function chatAddress({ conversation }: Activity): string {
  return `${SHARED_CHAT}${chatId(conversation.id)}`;
}

/**
 * Ids of messages are unique within one conversation only. What carries none is told apart by what
 * was done, with which card, by whom.
 */
export function messageIdOf(activity: Activity): string {
  const { id, conversation, from, replyToId, value, type, action } = activity;
  return hashed(
    id === undefined
      ? ['without-id', conversation.id, from.id, replyToId, type, action, value]
      : ['id', conversation.id, id],
  );
}

/** Says nothing about what went into it. */
export function hashed(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
