/**
 * Keyed hashes: how a person is found by an address that is not stored, and a repeated message by
 * its id. A hash is only as good as its key, which never reaches the database; without the key,
 * every number in the country is tried in an hour.
 */
import { createHmac } from 'node:crypto';
import type { ChannelName } from '../channel.ts';
import type { KeyHolder } from './keys.ts';

export interface BlindIndex {
  readonly bidx: Buffer;
  readonly version: number;
}

/** The index that new rows get. */
export async function blindIndex(
  keys: KeyHolder,
  channel: ChannelName,
  address: string,
): Promise<BlindIndex> {
  const { version, key } = await keys.blindIndexKey();
  return { version, bidx: hash(key, channel, address) };
}

/** Under every key that a row may still carry, the newest first. */
export async function blindIndexes(
  keys: KeyHolder,
  channel: ChannelName,
  address: string,
): Promise<readonly BlindIndex[]> {
  const all = await keys.blindIndexKeys();
  return all.map(({ version, key }) => ({ version, bidx: hash(key, channel, address) }));
}

/** Two channels may give the same id to two messages, so the channel is hashed along. */
export async function hashMessageId(
  keys: KeyHolder,
  channel: ChannelName,
  messageId: string,
): Promise<Buffer> {
  return hash(await keys.messageIdKey(), channel, messageId);
}

/** No channel is called "link": a code never hashes to what a message id does. */
export async function hashLinkCode(keys: KeyHolder, code: string): Promise<Buffer> {
  return hash(await keys.messageIdKey(), 'link', code);
}

function hash(key: Uint8Array, channel: ChannelName | 'link', value: string): Buffer {
  return createHmac('sha256', key).update(`${channel}\0${value}`).digest();
}
