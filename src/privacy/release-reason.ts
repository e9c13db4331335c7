/** Why a release let go of what it did, in one plain sentence for the operator. */
import type { ItemCounts } from './item-table.ts';

export interface Held extends ItemCounts {
  readonly released: number;
  readonly destroyed: number;
  /** In batches whose key is gone: a backup older than their release was restored. */
  readonly unreadable: number;
  readonly closing: boolean;
  readonly min: number;
}

export function releaseReason(held: Held): string {
  const { unreadable } = held;
  const lost = `; ${unreadable} cannot be read any more, their key was destroyed`;
  return `${sentence(held)}${unreadable > 0 ? lost : ''}`;
}

function sentence(held: Held): string {
  const { released, destroyed, finished, eligible, closing, min } = held;
  if (destroyed > 0) {
    return `${destroyed} finished, ${min} needed to end with: destroyed, so that nobody can be picked out`;
  }
  if (released > 0 && finished === 0) return `${released} released, none left`;
  if (released > 0) return `${released} released, ${finished} kept back to be mixed with others`;
  if (finished === 0) return closing ? 'nothing left to release' : `0 finished, ${2 * min} needed`;
  if (eligible < finished) {
    return `${finished} finished, ${eligible} of them past the days for taking back, ${closing ? 'all' : 2 * min} needed`;
  }
  return `${finished} finished, ${2 * min} needed`;
}
