/** What the rows say is true, never goes back, and adds up. */
import { type Invariant, pathOf, rowsByNonce, some } from './seen.ts';

/** What the rows say and what phones got are the same. */
export const truthful: Invariant = ({ rows, taken, transitions, callbackAnswers }) => {
  const nonces = new Set(taken.map(({ nonce }) => nonce));
  // Of the same words to the same person nobody can tell at the provider which attempt they were.
  const attempts = rowsByNonce(transitions);
  const wordsOf = (nonce: string): string => {
    const attempt = attempts.get(nonce);
    return attempt?.class === 'signpost'
      ? `${attempt.personId} signpost`
      : (attempt?.root ?? nonce);
  };
  const received = new Set(taken.map(({ nonce }) => wordsOf(nonce)));
  const claims = rows.filter(
    ({ wasAccepted, nonce }) => wasAccepted && nonce !== null && !received.has(wordsOf(nonce)),
  );
  const denies = rows.filter(
    ({ state, wasAccepted, nonce }) =>
      ['refused', 'failed'].includes(state) && !wasAccepted && nonces.has(nonce ?? ''),
  );
  const unfinished = rows.filter(
    ({ state, answers }) =>
      ['planned', 'claimed'].includes(state) || (state === 'attempting' && answers === null),
  );
  const turnedAway = callbackAnswers.filter(
    ({ about, status }) =>
      status !== { taken: 204, strange: 204, unknown: 404, nonsense: 400 }[about],
  );
  return [
    ...some(claims.length, 'rows say accepted and were never taken'),
    ...some(denies.length, 'rows say refused or failed and were taken'),
    ...some(unfinished.length, 'messages never came to an end'),
    ...some(turnedAway.length, 'status callbacks were answered wrongly'),
  ];
};

const AS_REPORTED: Readonly<Record<string, readonly string[]>> = {
  queued: ['accepted', 'sent', 'delivered', 'undelivered'],
  sent: ['sent', 'delivered', 'undelivered'],
  delivered: ['delivered', 'undelivered'],
  undelivered: ['delivered', 'undelivered'],
};

/** What we thanked for is in the row: that much at least, and what came after it. */
export const reportsCount: Invariant = ({ callbackAnswers, rows }) => {
  const states = new Map(rows.map((row) => [row.nonce, row]));
  const ignored = callbackAnswers.filter(({ about, status, nonce, reported }) => {
    if (about !== 'taken' || status !== 204) return false;
    const row = states.get(nonce);
    return !row?.wasAccepted || !AS_REPORTED[reported]?.includes(row.state);
  });
  return some(ignored.length, 'status callbacks were thanked for and changed nothing');
};

const FORWARD: Readonly<Record<string, readonly string[]>> = {
  planned: ['claimed', 'attempting', 'refused'],
  claimed: ['planned', 'attempting', 'refused', 'failed'],
  attempting: ['accepted', 'sent', 'delivered', 'undelivered', 'refused', 'failed', 'unknown'],
  unknown: ['accepted', 'sent', 'delivered', 'undelivered', 'refused', 'failed'],
  accepted: ['sent', 'delivered', 'undelivered', 'failed'],
  sent: ['delivered', 'undelivered', 'failed'],
};

/** An attempt goes back to planned only when it was none: the provider did not take it. */
export const neverBackwards: Invariant = ({ transitions, taken }) => {
  const nonces = new Set(taken.map(({ nonce }) => nonce));
  return transitions.flatMap(({ was, now, nonce, class: kind }) => {
    if (was === null || now === null) return [];
    const isNoAttempt = was === 'attempting' && now === 'planned' && !nonces.has(nonce ?? '');
    if (isNoAttempt || FORWARD[was]?.includes(now)) return [];
    return [`a row of class ${kind} moved from ${was} to ${now}`];
  });
};

/** At every moment: planned = accepted + refused + failed + unknown + remaining, and never changes. */
export const sumsHold: Invariant = ({ sums, plannedFeedback, transitions, taken }) => {
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
      ? [
          `some were taken that count as not: ${[...told]
            .map((root) => pathOf(transitions, root))
            .filter((path) => /(refused|failed)[^,]*$/.test(path))
            .join(' / ')}`,
        ]
      : []),
  ];
};

export const nobodyFellOver: Invariant = ({ endedByThemselves }) => endedByThemselves;
