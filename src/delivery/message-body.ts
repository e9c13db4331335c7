/**
 * What a claimed message says: a text that many rows share, or one of its own that opens for its
 * person only. What cannot be read any more is set aside; a key holder that is away is no reason to.
 */
import type { Prompt } from '../flow/prompt.ts';
import type { Log } from '../platform/log.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { ClaimedRow } from './claim.ts';
import { MOST_TRIES } from './classes.ts';
import { backOffMs } from './settle.ts';

/** Undefined when the key of its day is gone; throws when the key holder cannot be asked. */
export type OpenBody = (
  personId: string,
  body: { readonly sealed: Uint8Array; readonly keyDay: string },
) => Promise<readonly Prompt[] | undefined>;

export interface ReadMessage extends ClaimedRow {
  readonly prompts: readonly Prompt[];
}

export interface BodyReader {
  /** Those that can be read. The others are set aside, or put off, and the rest go on. */
  readonly read: (rows: readonly ClaimedRow[]) => Promise<readonly ReadMessage[]>;
}

export interface BodyReaderOptions {
  readonly pool: Queryable;
  readonly worker: string;
  readonly openBody: OpenBody;
  readonly log: Pick<Log, 'error'>;
}

export function createBodyReader(options: BodyReaderOptions): BodyReader {
  const { pool, worker, openBody, log } = options;
  const shared = rememberedContents(pool);

  const promptsOf = ({ content, personId }: ClaimedRow) => {
    if (content.kind === 'shared') return shared(content.contentId);
    return content.kind === 'sealed' ? openBody(personId, content) : Promise.resolve(undefined);
  };

  return {
    read: async (rows) => {
      const unreadable: string[] = [];
      const unopened: string[] = [];
      const messages: ReadMessage[] = [];
      const read = await Promise.allSettled(rows.map(promptsOf));
      for (const [at, row] of rows.entries()) {
        const result = read[at];
        if (result?.status !== 'fulfilled') unopened.push(row.id);
        else if (result.value === undefined) unreadable.push(row.id);
        else messages.push({ ...row, prompts: result.value });
      }
      const count = unreadable.length + unopened.length;
      if (count > 0) log.error('messages could not be opened', { count });
      await setAside(pool, worker, unreadable);
      await putOff(pool, worker, unopened);
      return messages;
    },
  };
}

const MOST_REMEMBERED = 200;

/** Contents never change: each is read once. */
function rememberedContents(db: Queryable) {
  const contents = new Map<string, Promise<readonly Prompt[] | undefined>>();
  return (contentId: string): Promise<readonly Prompt[] | undefined> => {
    const known = contents.get(contentId);
    if (known) return known;
    const loading = loadContent(db, contentId);
    contents.set(contentId, loading);
    loading.catch(() => contents.delete(contentId));
    if (contents.size > MOST_REMEMBERED) contents.delete(contents.keys().next().value ?? '');
    return loading;
  };
}

export async function loadContent(
  db: Queryable,
  contentId: string,
): Promise<readonly Prompt[] | undefined> {
  const { rows } = await db.query<{ prompts: readonly Prompt[] }>(
    'select prompts from delivery.content where id = $1',
    [contentId],
  );
  return rows[0]?.prompts;
}

/** Nobody can ever read these. */
async function setAside(db: Queryable, worker: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `update delivery.outbox
     set state = 'failed', reason = 'unreadable', body_ct = null, key_day = null,
         lease_until = null, worker = null, ended_on = current_date
     where id = any($2::bigint[]) and worker = $1 and state = 'claimed'`,
    [worker, ids],
  );
}

/** Could not be opened just now: they wait, and after some tries they are set aside. */
async function putOff(db: Queryable, worker: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `update delivery.outbox
     set state = case when attempts + 1 >= $3 then 'failed' else 'planned' end,
         reason = 'not-opened', attempts = attempts + 1, lease_until = null, worker = null,
         not_before = clock_timestamp() + $4 * interval '1 millisecond',
         ended_on = case when attempts + 1 >= $3 then current_date end
     where id = any($2::bigint[]) and worker = $1 and state = 'claimed'`,
    [worker, ids, MOST_TRIES, backOffMs(MOST_TRIES / 2)],
  );
}
