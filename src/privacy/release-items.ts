/**
 * Opens the chosen items of a batch, looks at their texts once more, and hands answers and texts to
 * the results: each in an order of its own, without anything that ties the one to the other.
 */

import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import {
  type ReleasedResponse,
  storeFreeTexts,
  storeResponses,
} from '../results/store-responses.ts';
import { type FreeText, sealFreeTexts } from './free-text.ts';
import { isoWeek } from './iso-week.ts';
import type { KeyPair } from './keys.ts';
import { type OpenedItem, openedItems } from './opened-items.ts';
import type { PoolPayload } from './pool.ts';
import type { ReleaseTools } from './release-tools.ts';
import { unpad } from './seal.ts';
import { shuffled } from './shuffle.ts';

export interface FromBatch {
  readonly batch: string;
  readonly consultation: string;
  readonly pair: KeyPair;
}

/** A batch closes at about these many; a larger one is stored in equal random parts. */
const MOST_AT_ONCE = 12_000;

export async function releaseItems(
  tools: ReleaseTools,
  tx: Queryable,
  from: FromBatch,
  chosen: readonly string[],
): Promise<void> {
  const parts = Math.ceil(chosen.length / MOST_AT_ONCE);
  const size = Math.ceil(chosen.length / Math.max(parts, 1));
  for (let part = 0; part < parts; part++) {
    await releasePart(tools, tx, from, chosen.slice(part * size, (part + 1) * size));
  }
}

async function releasePart(
  tools: ReleaseTools,
  tx: Queryable,
  from: FromBatch,
  chosen: readonly string[],
): Promise<void> {
  const responses: ReleasedResponse[] = [];
  const texts: FreeText[] = [];
  for await (const items of openedItems(tx, from.batch, from.pair, chosen)) {
    for (const item of items) {
      const payload = payloadIn(item);
      await screenItem(tools, tx, from.consultation, item, payload);
      responses.push({
        answers: JSON.stringify(payload.answers),
        bands: JSON.stringify(payload.bands),
      });
      for (const [question, text] of Object.entries(payload.freeText))
        texts.push({ question, text });
    }
  }
  const { ambient, keys, timeZone } = tools;
  const releasing = {
    consultation: from.consultation,
    period: isoWeek(isoDay(ambient.now(), timeZone)),
  };
  await storeResponses(tx, releasing, shuffled(responses, ambient));
  const sealed = await sealFreeTexts(keys, from.consultation, shuffled(texts, ambient));
  await storeFreeTexts(tx, releasing, sealed);
  await tools.at?.('stored');
}

/** For answers that are destroyed: somebody in danger must still be found. */
export async function screenOnly(
  tools: ReleaseTools,
  tx: Queryable,
  from: FromBatch,
  places: readonly string[],
): Promise<void> {
  if (!tools.screening) return;
  for await (const items of openedItems(tx, from.batch, from.pair, places)) {
    for (const item of items) await screenItem(tools, tx, from.consultation, item, payloadIn(item));
  }
}

async function screenItem(
  { screening }: ReleaseTools,
  tx: Queryable,
  consultation: string,
  { caseLink }: OpenedItem,
  payload: PoolPayload,
): Promise<void> {
  const texts = Object.values(payload.freeText);
  const level = screening?.screen(texts);
  if (!level) return;
  const link = caseLink ? { caseLink } : {};
  await screening?.report(tx, { level, consultation, texts, ...link });
}

/** Only what `sealCompletion` sealed opens with a batch's key: its shape is known. */
function payloadIn(item: OpenedItem): PoolPayload {
  return JSON.parse(unpad(item.plain).toString()) as PoolPayload;
}
