/**
 * What a claimed message says: a text that many rows share, or one of its own that opens for its
 * person only. What cannot be read any more is set aside; a key holder that is away is no reason to.
 */
import type { Prompt } from '../flow/prompt.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type Attempt, type Begun, settled } from './attempt.ts';
import type { ClaimedRow } from './claim.ts';
import type { Settlement } from './settle.ts';

/**
 * Undefined when nobody can ever read it: the key of its day is gone, or these are not the bytes that
 * were sealed. Throws when the key holder cannot be asked.
 */
export type OpenBody = (
  personId: string,
  body: { readonly sealed: Uint8Array; readonly keyDay: string },
) => Promise<readonly Prompt[] | undefined>;

export interface ReadMessage extends ClaimedRow {
  readonly prompts: readonly Prompt[];
}

export type ReadBodies = (attempts: readonly Attempt<ClaimedRow>[]) => Promise<Begun<ReadMessage>>;

export function createBodyReader(pool: Queryable, openBody: OpenBody): ReadBodies {
  const shared = rememberedContents(pool);
  const promptsOf = ({ content, personId }: ClaimedRow) => {
    if (content.kind === 'shared') return shared(content.contentId);
    return content.kind === 'sealed' ? openBody(personId, content) : Promise.resolve(undefined);
  };
  return async (attempts) => {
    const leaving: Attempt<ReadMessage>[] = [];
    const turnedAway: Settlement[] = [];
    const read = await Promise.allSettled(attempts.map(({ row }) => promptsOf(row)));
    for (const [at, attempt] of attempts.entries()) {
      const result = read[at];
      if (result?.status !== 'fulfilled') turnedAway.push(settled(attempt, NOT_OPENED));
      else if (result.value === undefined) turnedAway.push(settled(attempt, UNREADABLE));
      else leaving.push({ ...attempt, row: { ...attempt.row, prompts: result.value } });
    }
    return { leaving, turnedAway };
  };
}

/** Nobody can ever read it. */
const UNREADABLE = { kind: 'failed', reason: 'unreadable' } as const;
/** Nobody could be asked for it just now: it waits until somebody can. */
const NOT_OPENED = { kind: 'not-sent', reason: 'not-opened' } as const;

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
