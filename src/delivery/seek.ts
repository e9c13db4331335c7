/**
 * Looks for attempts of unknown fate in the provider's own list. A message with the same words to
 * the same person that no other row accounts for is taken as proof that it was accepted. That none
 * is there proves nothing: it may be deleted already, or not be listed yet; the class's rule decides.
 */
import type { Pool } from 'pg';
import type { Channel, FoundCopies, FoundCopy, ProviderCopies, SentMessage } from '../channel.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Log } from '../platform/log.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { People } from './attempt.ts';
import { loadContent, type OpenBody } from './message-body.ts';
import { createPace } from './pace.ts';
import { createReportStatus } from './status.ts';

export interface SeekOptions {
  readonly pool: Pool;
  readonly channel: Channel;
  readonly people: Pick<People, 'standingsOf'>;
  readonly openBody: OpenBody;
  readonly onOptOut: (personId: string) => Promise<void>;
  readonly log: Pick<Log, 'warn'>;
  readonly signal?: AbortSignal | undefined;
  readonly perSecond?: number;
}

export interface Sought {
  readonly looked: number;
  readonly found: number;
}

/** So many requests a second, in runs of less than a minute. */
const PER_SECOND = 5;
const MOST_A_RUN = 200;
/** From so many on, the whole list is read by pages instead: tens of thousands in a few minutes. */
const MANY = 50;
const MOST_AT_ONCE = 5_000;
/** After so many answers that tell nothing, the provider is left alone until the next run. */
const MOST_FAULTS = 3;

/** Once after ten minutes without a callback, and once more before feedback would go again. */
export async function seekUnknown(options: SeekOptions): Promise<Sought> {
  const { pool, channel } = options;
  if (!channel.copies) return { looked: 0, found: 0 };
  const most = channel.copies.findMany ? MOST_AT_ONCE : MOST_A_RUN;
  const looks = await lookAll(options, channel.copies, await dueRows(pool, channel.name, most));
  const taken = await accountedFor(
    pool,
    looks.flatMap(({ copies }) => copies.map((copy) => copy.providerId)),
  );
  const report = createReportStatus({ pool, onOptOut: options.onOptOut });
  let found = 0;
  for (const { row, copies } of looks) {
    const copy = copies.find(({ providerId }) => !taken.has(providerId));
    if (!copy) continue;
    taken.add(copy.providerId);
    await report({ nonce: row.nonce, ...copy });
    found += 1;
  }
  await markSought(
    pool,
    looks.map(({ row }) => row.id),
  );
  return { looked: looks.length, found };
}

interface UnknownRow {
  readonly id: string;
  readonly person_id: string;
  readonly nonce: string;
  readonly attempted_at: Date;
  readonly body_ct: Buffer | null;
  readonly key_day: string | null;
  readonly content_id: string | null;
}

async function dueRows(
  db: Queryable,
  channel: string,
  most: number,
): Promise<readonly UnknownRow[]> {
  const { rows } = await db.query<UnknownRow>(
    `select id, person_id, nonce, attempted_at, body_ct, key_day::text as key_day, content_id
     from delivery.outbox
     where state = 'unknown' and channel = $1 and nonce is not null
       and attempted_at > clock_timestamp() - interval '1 day'
       and attempted_at < clock_timestamp()
             - case sought when 0 then interval '10 minutes' else interval '25 minutes' end
       and sought < 2 and (body_ct is not null or content_id is not null)
     order by sought, attempted_at limit $2`,
    [channel, most],
  );
  return rows;
}

interface Look {
  readonly row: UnknownRow;
  readonly copies: readonly FoundCopy[];
}

/** In the order of the attempts, so that of the same words twice the first is found first. */
async function lookAll(
  options: SeekOptions,
  copies: ProviderCopies,
  rows: readonly UnknownRow[],
): Promise<readonly Look[]> {
  const standings = await options.people.standingsOf(options.pool, [
    ...new Set(rows.map((row) => row.person_id)),
  ]);
  const wordsOf = wordReader(options);
  const wanted: Wanted[] = [];
  const nowhere: Look[] = [];
  let later = 0;
  for (const row of rows) {
    const home = standings.get(row.person_id)?.home ?? 'none';
    const prompts = await wordsOf(row).catch(() => 'later' as const);
    if (prompts === 'later') later += 1;
    else if (typeof home === 'string' || prompts === undefined) nowhere.push({ row, copies: [] });
    else wanted.push({ row, sent: { address: home.address, prompts, since: row.attempted_at } });
  }
  if (later > 0) options.log.warn('messages could not be read to look for them', { count: later });
  const looks =
    (wanted.length < MANY ? undefined : await lookAtOnce(options, copies, wanted)) ??
    (await lookForEach(options, copies, wanted.slice(0, MOST_A_RUN)));
  return [...nowhere, ...looks];
}

interface Wanted {
  readonly row: UnknownRow;
  readonly sent: SentMessage;
}

/** Undefined when the provider cannot tell this way. */
async function lookAtOnce(
  { log }: SeekOptions,
  copies: ProviderCopies,
  wanted: readonly Wanted[],
): Promise<readonly Look[] | undefined> {
  const found = await copies.findMany?.(wanted.map(({ sent }) => sent));
  if (found?.kind === 'listed')
    return wanted.map(({ row }, at) => ({ row, copies: found.copies[at] ?? [] }));
  if (found) log.warn("a provider's list could not be read at once");
  return undefined;
}

async function lookForEach(
  options: SeekOptions,
  copies: ProviderCopies,
  wanted: readonly Wanted[],
): Promise<readonly Look[]> {
  const pace = createPace(options.perSecond ?? PER_SECOND);
  const looks: Look[] = [];
  let faults = 0;
  for (const { row, sent } of wanted) {
    if (options.signal?.aborted || faults === MOST_FAULTS) break;
    await pace();
    const found = await copies.find(sent);
    if (isAnswer(found)) looks.push({ row, copies: copiesIn(found) });
    faults = isAnswer(found) ? 0 : faults + 1;
  }
  if (faults > 0) options.log.warn("a provider's list could not be read", { count: faults });
  return looks;
}

/** Too long a list is an answer too: it would be as long the next time. */
function isAnswer(found: FoundCopies): boolean {
  return found.kind === 'listed' || found.reason === 'too-many';
}

function copiesIn(found: FoundCopies): readonly FoundCopy[] {
  return found.kind === 'listed' ? found.copies : [];
}

/** A text that many rows share is read once. */
function wordReader({ pool, openBody }: SeekOptions) {
  const shared = new Map<string, Promise<readonly Prompt[] | undefined>>();
  return async (row: UnknownRow): Promise<readonly Prompt[] | undefined> => {
    const { person_id, body_ct, key_day, content_id } = row;
    if (content_id !== null) {
      const known = shared.get(content_id) ?? loadContent(pool, content_id);
      shared.set(content_id, known);
      return known;
    }
    if (body_ct === null || key_day === null) return undefined;
    return openBody(person_id, { sealed: body_ct, keyDay: key_day });
  };
}

/** What other rows have been told is theirs, or what waits to be deleted. */
async function accountedFor(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ provider_id: string }>(
    `select provider_id from delivery.outbox where provider_id = any($1)
     union all
     select provider_id from delivery.provider_copy where provider_id = any($1)`,
    [ids],
  );
  return new Set(rows.map((row) => row.provider_id));
}

async function markSought(db: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query('update delivery.outbox set sought = sought + 1 where id = any($1::bigint[])', [
    ids,
  ]);
}
