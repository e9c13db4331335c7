/**
 * Opens the chosen items of a batch, looks at their texts once more, and hands answers and texts to
 * the results: each in an order of its own, without anything that ties the one to the other.
 */

import { z } from 'zod';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import {
  type JsonBytes,
  releasedResponse,
  releasedText,
  storeFreeTexts,
  storeResponses,
} from '../results/store-responses.ts';
import { sealFreeText } from './free-text.ts';
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
  const responses: JsonBytes[] = [];
  const texts: JsonBytes[] = [];
  for await (const items of openedItems(tx, from.batch, from.pair, chosen)) {
    for (const item of items) {
      const { answers, bands, freeText } = await screened(tools, tx, from.consultation, item);
      responses.push(releasedResponse(answers, bands));
      for (const [question, text] of Object.entries(freeText)) {
        const sealed = await sealFreeText(tools.keys, from.consultation, { question, text });
        texts.push(releasedText(question, sealed));
      }
    }
  }
  const { ambient, timeZone } = tools;
  const releasing = {
    consultation: from.consultation,
    period: isoWeek(isoDay(ambient.now(), timeZone)),
  };
  await storeResponses(tx, releasing, shuffled(responses, ambient));
  await storeFreeTexts(tx, releasing, shuffled(texts, ambient));
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
    for (const item of items) await screened(tools, tx, from.consultation, item);
  }
}

/** What an item holds, after the last look at its texts. */
async function screened(
  { screening }: ReleaseTools,
  tx: Queryable,
  consultation: string,
  item: OpenedItem,
): Promise<PoolPayload> {
  const opened = payloadIn(item);
  const texts = Object.values(opened.freeText);
  const level = screening?.screen(texts);
  if (level) {
    const link = item.caseLink ? { caseLink: item.caseLink } : {};
    await screening?.report(tx, { level, consultation, texts, ...link });
  }
  return opened;
}

const choices = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);
const payload = z.object({
  answers: z.record(z.string(), choices),
  bands: z.record(z.string(), choices),
  freeText: z.record(z.string(), z.string()),
});

/** Why it is no payload is not told: a parser's reasons quote what they read. */
function payloadIn(item: OpenedItem): PoolPayload {
  const read = payload.safeParse(jsonIn(unpad(item.plain).toString()));
  if (!read.success) throw new Error('sealed answers have an unknown shape');
  return read.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
