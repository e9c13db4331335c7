/**
 * Seals what is in flight (a conversation's state, a message on its way) under the key of its day.
 * Once a day's key is destroyed, whatever copies of it remain in logs and backups say nothing.
 */
import { isoDay } from '../platform/calendar.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import { decrypt, encrypt } from '../privacy/seal.ts';

export interface DaySealed {
  readonly sealed: Uint8Array;
  readonly keyDay: string;
}

export async function sealForDay(
  keys: KeyHolder,
  now: Date,
  plain: string,
  boundTo: Uint8Array,
): Promise<DaySealed> {
  const keyDay = isoDay(now);
  const key = await keys.dayKey(keyDay);
  return { sealed: encrypt(key, Buffer.from(plain, 'utf8'), boundTo), keyDay };
}

/**
 * Whether the key of a day is gone for good. A folder that is not there at this moment, or shows
 * nothing, is an error and no proof.
 */
export async function isDayKeyGone(keys: KeyHolder, day: string): Promise<boolean> {
  return !(await keys.isNew()) && !(await keys.days()).includes(day);
}

/** Under the key of their day these bytes do not open: they are not what was sealed. */
export class DoesNotOpen extends Error {
  override readonly name = 'DoesNotOpen';
}

/** Undefined when the day's key has been destroyed. Throws `DoesNotOpen` for other bytes. */
export async function openForDay(
  keys: KeyHolder,
  { sealed, keyDay }: DaySealed,
  boundTo: Uint8Array,
): Promise<string | undefined> {
  const key = await keys.existingDayKey(keyDay);
  if (key === undefined) return undefined;
  try {
    return decrypt(key, sealed, boundTo).toString('utf8');
  } catch (cause) {
    throw new DoesNotOpen('the sealed bytes do not open', { cause });
  }
}
