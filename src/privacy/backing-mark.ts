/**
 * The mark by which nobody backs an issue twice: keyed, and for that one issue only, so that it can
 * be joined neither with a person nor with what the same person backs elsewhere.
 */
import { createHmac } from 'node:crypto';
import type { ChannelName } from '../channel.ts';
import type { KeyHolder } from './keys.ts';

export interface Backer {
  readonly issue: string;
  readonly channel: ChannelName;
  readonly address: string;
}

/** Under the key that is never rotated: a mark must be the same for as long as the issue is open. */
export async function backingMark(keys: KeyHolder, one: Backer): Promise<Buffer> {
  const key = createHmac('sha256', await keys.messageIdKey())
    .update('backing of issues')
    .digest();
  return createHmac('sha256', key)
    .update(JSON.stringify([one.issue, one.channel, one.address]))
    .digest();
}
