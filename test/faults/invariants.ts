/**
 * What must hold after every run, whatever happened in it. Each is a function of what was seen: the
 * phones, the provider's truth, the database and what it was made to remember, what was printed. It
 * gives the ways in which it does not hold; none may quote a text or a number.
 */
import type { Pool } from 'pg';
import type { Person, Text } from './phones.ts';
import type { CallbackAnswer, Taken } from './provider.ts';
import type { Transition } from './watching.ts';

export interface Seen {
  readonly pool: Pool;
  /** Every text that was answered with success. */
  readonly texts: readonly Text[];
  /** The ids of these messages as the database keeps them. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly people: readonly Person[];
  readonly optedOut: ReadonlySet<string>;
  readonly personOf: (number: string) => string | undefined;
  readonly taken: readonly Taken[];
  readonly callbackAnswers: readonly CallbackAnswer[];
  readonly transitions: readonly Transition[];
  readonly attemptsAfterOptOut: readonly string[];
  readonly sums: readonly Sums[];
  readonly plannedFeedback: number;
  /** What people wrote in their own words, opened after the release of everything. */
  readonly releasedIdeas: readonly string[];
  readonly releasedChoices: readonly string[];
  readonly waiting: number;
  readonly completed: number;
  readonly keysWithoutBatch: readonly string[];
  readonly endedByThemselves: readonly string[];
}

export interface Sums {
  readonly planned: number;
  readonly accepted: number;
  readonly refused: number;
  readonly failed: number;
  readonly unknown: number;
  readonly remaining: number;
}

type Invariant = (seen: Seen) => readonly string[] | Promise<readonly string[]>;

/** Once we answered with success, the text is there. */
const nothingLost: Invariant = async ({ pool, texts, hashes, people, releasedIdeas }) => {
  const { rows } = await pool.query<{ id: string }>(
    `select encode(id, 'hex') as id from conv.seen`,
  );
  const kept = new Set(rows.map((row) => row.id));
  const lost = texts.filter(({ sid }) => !kept.has(hashes.get(sid) ?? '')).length;
  const ideas = people.filter((one) => !one.isHasty && !releasedIdeas.includes(one.idea)).length;
  return [...some(lost, 'texts are not noted'), ...some(ideas, 'answers are not there')];
};

/** However often it came: one reply, one step forward, one answer. */
const appliedOnce: Invariant = async ({ pool, texts, people, releasedIdeas }) => {
  const { rows } = await pool.query(
    'select from delivery.outbox where answers is not null group by answers having count(*) > 1',
  );
  const repeated = texts.filter(({ replies }) => replies.length > 1).length;
  // Whoever is not hasty wrote nothing but their idea: a choice that is kept as one came twice.
  const known = new Set(people.map((one) => one.idea));
  const theirs = releasedIdeas.filter((idea) => known.has(idea));
  const strange = releasedIdeas.length - theirs.length;
  const mayBeStrange = people.filter((one) => one.isHasty).length;
  return [
    ...some(rows.length, 'texts were replied to by two rows'),
    ...some(repeated, 'phones showed a reply twice'),
    ...some(theirs.length - new Set(theirs).size, 'ideas are there twice'),
    ...some(Math.max(0, strange - mayBeStrange), 'answers that nobody gave'),
  ];
};

/** What happened comes before the question whether we got it right. */
const orderKept: Invariant = ({ taken, transitions }) => {
  const rows = rowsByNonce(transitions);
  const furthest = new Map<string, number>();
  let late = 0;
  const firsts = new Set<string>();
  for (const { nonce } of taken) {
    const row = rows.get(nonce);
    if (!row || row.class !== 'feedback' || firsts.has(row.root)) continue;
    firsts.add(row.root);
    const person = `${row.broadcastId} ${row.personId}`;
    if ((furthest.get(person) ?? 0) > row.ordinal) late += 1;
    furthest.set(person, Math.max(row.ordinal, furthest.get(person) ?? 0));
  }
  return some(late, 'messages came after what should follow them');
};

const MOST: Readonly<Record<string, number>> = { feedback: 2, signpost: 5 };

/** At most once, or at least once within its bound, as the class promises. */
const withinBounds: Invariant = (seen) => {
  const { taken, transitions } = seen;
  const rows = rowsByNonce(transitions);
  const nonces = new Map<string, number>();
  const roots = new Map<string, { row: Transition; times: number }>();
  let strays = 0;
  for (const { nonce } of taken) {
    const row = rows.get(nonce);
    if (!row) {
      strays += 1;
      continue;
    }
    nonces.set(nonce, (nonces.get(nonce) ?? 0) + 1);
    roots.set(row.root, { row, times: (roots.get(row.root)?.times ?? 0) + 1 });
  }
  const tooOften = [...roots.values()].filter(({ row, times }) => times > (MOST[row.class] ?? 1));
  return [
    ...some(strays, 'messages went out under no nonce that was committed'),
    ...some([...nonces.values()].filter((times) => times > 1).length, 'attempts were made twice'),
    ...tooOften.map(({ row, times }) => `one of class ${row.class} went ${times} times`),
    ...some(resentAfterAccepted(transitions), 'went again after they were accepted'),
    ...some(feedbackMissing(seen), 'people were not told what happened'),
  ];
};

function resentAfterAccepted(transitions: readonly Transition[]): number {
  const acceptedAt = new Map<string, number>();
  let again = 0;
  for (const { root, now, was, wasAccepted, isCopy, seq } of transitions) {
    if (wasAccepted && !acceptedAt.has(root)) acceptedAt.set(root, seq);
    const before = acceptedAt.get(root);
    if (isCopy && was === 'claimed' && now === 'attempting' && before !== undefined) again += 1;
  }
  return again;
}

/** The provider has recovered, so everyone who may be told has been. */
function feedbackMissing({ taken, transitions, optedOut, personOf }: Seen): number {
  const rows = rowsByNonce(transitions);
  const told = new Set(taken.map(({ nonce }) => rows.get(nonce)?.root));
  const stopped = new Set([...optedOut].map(personOf));
  const roots = transitions.filter((one) => one.was === null && one.class === 'feedback');
  return roots.filter((one) => !one.isCopy && !stopped.has(one.personId) && !told.has(one.root))
    .length;
}

/** What the rows say and what phones got are the same. */
const truthful: Invariant = async ({ pool, taken, callbackAnswers }) => {
  const nonces = taken.map(({ nonce }) => nonce);
  const { rows } = await pool.query<{ claims: string; denies: string; unfinished: string }>(
    `select count(*) filter (where was_accepted and nonce is not null
                               and not nonce::text = any($1)) as claims,
            count(*) filter (where state in ('refused', 'failed') and not was_accepted
                               and nonce::text = any($1)) as denies,
            count(*) filter (where state in ('planned', 'claimed', 'attempting')
                               and (answers is null or state <> 'attempting')) as unfinished
     from delivery.outbox`,
    [nonces],
  );
  const [row] = rows;
  const turnedAway = callbackAnswers.filter(
    ({ about, status }) => status !== { taken: 204, unknown: 404, nonsense: 400 }[about],
  );
  return [
    ...some(Number(row?.claims), 'rows say accepted and were never taken'),
    ...some(Number(row?.denies), 'rows say refused or failed and were taken'),
    ...some(Number(row?.unfinished), 'messages never came to an end'),
    ...some(turnedAway.length, 'status callbacks were answered wrongly'),
  ];
};

const noneAfterOptOut: Invariant = ({ attemptsAfterOptOut }) =>
  attemptsAfterOptOut
    .filter((kind) => kind !== 'opt-out' && kind !== 'signpost')
    .map((kind) => `an attempt of class ${kind} was begun after an opt-out`);

const FORWARD: Readonly<Record<string, readonly string[]>> = {
  planned: ['claimed', 'refused'],
  claimed: ['planned', 'attempting', 'refused', 'failed'],
  attempting: ['accepted', 'sent', 'delivered', 'undelivered', 'refused', 'failed', 'unknown'],
  unknown: ['accepted', 'sent', 'delivered', 'undelivered', 'refused', 'failed'],
  accepted: ['sent', 'delivered', 'undelivered', 'failed'],
  sent: ['delivered', 'undelivered', 'failed'],
};

/** An attempt goes back to planned only when it was none: the provider did not take it. */
const neverBackwards: Invariant = ({ transitions, taken }) => {
  const nonces = new Set(taken.map(({ nonce }) => nonce));
  return transitions.flatMap(({ was, now, nonce, class: kind }) => {
    if (was === null || now === null) return [];
    const isNoAttempt = was === 'attempting' && now === 'planned' && !nonces.has(nonce ?? '');
    if (isNoAttempt || FORWARD[was]?.includes(now)) return [];
    return [`a row of class ${kind} moved from ${was} to ${now}`];
  });
};

/** At every moment: planned = accepted + refused + failed + unknown + remaining, and never changes. */
const sumsHold: Invariant = ({ sums, plannedFeedback, transitions, taken }) => {
  const wrong = sums.filter(
    ({ planned, accepted, refused, failed, unknown, remaining }) =>
      planned !== plannedFeedback || planned !== accepted + refused + failed + unknown + remaining,
  );
  const last = sums.at(-1);
  const rows = rowsByNonce(transitions);
  const told = new Set(
    taken.flatMap(({ nonce }) => {
      const row = rows.get(nonce);
      return row?.class === 'feedback' ? [row.root] : [];
    }),
  );
  return [
    ...(last ? [] : ['the sums were never looked at']),
    ...some(wrong.length, 'looks at the sums found that they do not add up'),
    ...(last && last.remaining > 0 ? [`${last.remaining} remain`] : []),
    ...(last && last.accepted > told.size ? ['more are said to be accepted than were taken'] : []),
    ...(last && last.accepted + last.unknown < told.size
      ? ['some were taken that count as not']
      : []),
  ];
};

const oneResponseEach: Invariant = (seen) => {
  const { completed, releasedChoices, waiting, people } = seen;
  const responses = releasedChoices.length + waiting;
  const wanted = people.filter((one) => !one.isHasty);
  const wrong = (['ramp', 'lights', 'goals'] as const).filter(
    (choice) =>
      releasedChoices.filter((one) => one === choice).length <
      wanted.filter((one) => one.choice === choice).length,
  );
  return [
    ...(responses === completed ? [] : [`${completed} completed, ${responses} responses`]),
    ...some(wrong.length, 'choices have fewer answers than were given'),
  ];
};

/**
 * Joins the transactions of everything that hangs on a person, dead rows in the files with it, to
 * those of the responses.
 */
const nothingLinks: Invariant = async ({ pool, keysWithoutBatch }) => {
  const personal = ['conv.person', 'conv.conversation', 'conv.participation', 'conv.invitation']
    .concat(['conv.seen', 'contact.address', 'contact.suppression', 'delivery.outbox'])
    .map((table) => `select '${table}' as of`)
    .join(' union all ');
  const { rows } = await pool.query<{ of: string; links: string }>(
    `with stored as (
       select xmin::text as xid from resp.response union select xmin::text from resp.free_text
     ),
     tuples as (
       select t.of, item.t_xmin::text as made, item.t_xmax::text as ended
       from (${personal}) as t,
            generate_series(0, pg_relation_size(t.of) / 8192 - 1) as page,
            heap_page_items(get_raw_page(t.of, page::int)) as item
       where item.t_data is not null
     )
     select of, count(*) as links from tuples
     where made in (select xid from stored) or ended in (select xid from stored) group by of`,
  );
  return [
    ...rows.map(({ of, links }) => `${links} rows of ${of} share a transaction with responses`),
    ...some(keysWithoutBatch.length, 'keys of released batches are still there'),
  ];
};

const nobodyFellOver: Invariant = ({ endedByThemselves }) => endedByThemselves;

export const INVARIANTS = {
  nothingLost,
  appliedOnce,
  orderKept,
  withinBounds,
  truthful,
  noneAfterOptOut,
  neverBackwards,
  sumsHold,
  oneResponseEach,
  nothingLinks,
  nobodyFellOver,
} as const satisfies Readonly<Record<string, Invariant>>;

/** Every way in which any of them does not hold, under its name. */
export async function broken(seen: Seen): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, holds] of Object.entries<Invariant>(INVARIANTS)) {
    for (const way of new Set(await holds(seen))) found.push(`${name}: ${way}`);
  }
  return found;
}

function rowsByNonce(transitions: readonly Transition[]): ReadonlyMap<string, Transition> {
  return new Map(
    transitions.flatMap((one) => (one.nonce === null ? [] : [[one.nonce, one] as const])),
  );
}

function some(count: number, what: string): readonly string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}
