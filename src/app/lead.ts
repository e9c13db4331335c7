/** The safeguarding lead's public key from the settings, where one is set. */
import type { Config } from '../platform/config.ts';
import { readLeadPublicKey } from '../platform/lead-public-key.ts';

export function leadOf({ safeguardingKey }: Config): { readonly leadKey?: Uint8Array } {
  if (safeguardingKey === undefined) return {};
  const read = readLeadPublicKey(safeguardingKey);
  if (read.kind !== 'key') throw new Error('HEARD_SAFEGUARDING_KEY was not checked at the start');
  return { leadKey: read.key };
}
