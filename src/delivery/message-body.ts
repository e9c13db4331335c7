/**
 * What a claimed message says: a text that many rows share, or one of its own that opens for its
 * person only. What cannot be read any more is set aside; a key holder that is away is no reason to.
 */
import type { Prompt } from '../flow/prompt.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { ClaimedRow } from './claim.ts';

/** Undefined when the key of its day is gone; throws when the key holder cannot be asked. */
export type OpenBody = (
  personId: string,
  body: { readonly sealed: Uint8Array; readonly keyDay: string },
) => Promise<readonly Prompt[] | undefined>;

export interface ReadMessage extends ClaimedRow {
  readonly prompts: readonly Prompt[];
}

export interface BodyReader {
  /** Undefined for what can never be read. */
  readonly read: (row: ClaimedRow) => Promise<ReadMessage | undefined>;
}

const MOST_REMEMBERED = 200;

export function createBodyReader(db: Queryable, openBody: OpenBody): BodyReader {
  const contents = new Map<string, Promise<readonly Prompt[] | undefined>>();

  const shared = (contentId: string): Promise<readonly Prompt[] | undefined> => {
    const known = contents.get(contentId);
    if (known) return known;
    const loading = loadContent(db, contentId);
    contents.set(contentId, loading);
    loading.catch(() => contents.delete(contentId));
    if (contents.size > MOST_REMEMBERED) contents.delete(contents.keys().next().value ?? '');
    return loading;
  };

  const promptsOf = ({ content, personId }: ClaimedRow) => {
    if (content.kind === 'shared') return shared(content.contentId);
    return content.kind === 'sealed' ? openBody(personId, content) : Promise.resolve(undefined);
  };

  return {
    read: async (row) => {
      const prompts = await promptsOf(row);
      return prompts && { ...row, prompts };
    },
  };
}

async function loadContent(
  db: Queryable,
  contentId: string,
): Promise<readonly Prompt[] | undefined> {
  const { rows } = await db.query<{ prompts: readonly Prompt[] }>(
    'select prompts from delivery.content where id = $1',
    [contentId],
  );
  return rows[0]?.prompts;
}

/** Nobody can ever read these: failed, so that the others go on. */
export async function setAside(
  db: Queryable,
  worker: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `update delivery.outbox
     set state = 'failed', reason = 'unreadable', body_ct = null, key_day = null,
         lease_until = null, worker = null, ended_on = current_date
     where id = any($2::bigint[]) and worker = $1 and state = 'claimed'`,
    [worker, ids],
  );
}

/** One message could not be opened just now: it waits, and after some tries it is set aside. */
export async function putOff(
  db: Queryable,
  worker: string,
  ids: readonly string[],
  { delayMs, mostTries }: { readonly delayMs: number; readonly mostTries: number },
): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `update delivery.outbox
     set state = case when attempts + 1 >= $4 then 'failed' else 'planned' end,
         reason = 'not-opened', attempts = attempts + 1, lease_until = null, worker = null,
         not_before = clock_timestamp() + $3 * interval '1 millisecond',
         ended_on = case when attempts + 1 >= $4 then current_date end
     where id = any($2::bigint[]) and worker = $1 and state = 'claimed'`,
    [worker, ids, delayMs, mostTries],
  );
}
