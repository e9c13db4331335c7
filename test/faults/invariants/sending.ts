/** What was sent: as often as its class promises, in order, to whom it may go, and help to whoever needs it. */
import type { Transition } from '../watching/transitions.ts';
import { type Invariant, type OutboxRow, pathOf, rowsByNonce, type Seen, some } from './seen.ts';

/** What happened comes before the question whether we got it right. */
export const orderKept: Invariant = ({ taken, transitions }) => {
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
export const withinBounds: Invariant = (seen) => {
  const { taken, transitions } = seen;
  const rows = rowsByNonce(transitions);
  const attempts = new Map<string, number>();
  const roots = new Map<string, { row: Transition; times: number }>();
  let strays = 0;
  for (const { nonce, body } of taken) {
    const row = rows.get(nonce);
    if (!row) {
      strays += 1;
      continue;
    }
    // A long text is several messages under one nonce.
    const piece = `${nonce} ${body}`;
    attempts.set(piece, (attempts.get(piece) ?? 0) + 1);
    const whole = `${row.root} ${body}`;
    roots.set(whole, { row, times: (roots.get(whole)?.times ?? 0) + 1 });
  }
  const tooOften = [...roots.values()].filter(({ row, times }) => times > (MOST[row.class] ?? 1));
  return [
    ...some(strays, 'messages went out under no nonce that was committed'),
    ...some([...attempts.values()].filter((times) => times > 1).length, 'attempts were made twice'),
    ...tooOften.map(({ row, times }) => `one of class ${row.class} went ${times} times`),
    ...resentAfterAccepted(transitions),
    ...feedbackMissing(seen),
  ];
};

/** Feedback promises this; a signpost goes again whenever one of its attempts is unknown. */
function resentAfterAccepted(transitions: readonly Transition[]): readonly string[] {
  const acceptedAt = new Map<string, number>();
  const feedback = transitions.filter((one) => one.class === 'feedback');
  return feedback.flatMap(({ root, now, was, wasAccepted, isCopy, at }) => {
    if (wasAccepted && !acceptedAt.has(root)) acceptedAt.set(root, at.getTime());
    const before = acceptedAt.get(root);
    if (!isCopy || was === 'attempting' || now !== 'attempting' || before === undefined) return [];
    const path = pathOf(transitions, root);
    return [`one went again ${at.getTime() - before} ms after it was accepted: ${path}`];
  });
}

/** Feedback of unknown fate goes again only after a look at what the provider has. */
export const lookedFirst: Invariant = ({ taken, transitions, looks }) => {
  const rows = rowsByNonce(transitions);
  const blind = taken.filter(({ nonce, to }) => {
    const copy = rows.get(nonce);
    if (copy?.class !== 'feedback' || !copy.isCopy) return false;
    const begun = transitions.filter((one) => one.root === copy.root && one.now === 'attempting');
    const first = begun.find((one) => !one.isCopy)?.at ?? copy.at;
    const second = begun.find((one) => one.nonce === nonce)?.at ?? copy.at;
    return !looks.some(
      (look) => (look.to === null || look.to === to) && look.at > first && look.at < second,
    );
  });
  return some(blind.length, 'went again without a look at what the provider has');
};

/** Everyone who may be told has been, unless the second and last attempt met a fault as well. */
function feedbackMissing(seen: Seen): readonly string[] {
  const { taken, transitions, optedOut, personOf } = seen;
  const rows = rowsByNonce(transitions);
  const told = new Set(taken.map(({ nonce }) => rows.get(nonce)?.root));
  const stopped = new Set([...optedOut].map(personOf));
  const usedUp = new Set(
    transitions.filter((one) => one.isCopy && one.now === 'unknown').map((one) => one.root),
  );
  const didNotArrive = new Set(
    transitions
      .filter(({ now }) => now === 'undelivered' || now === 'failed')
      .map((one) => one.root),
  );
  const roots = transitions.filter(
    (one) => one.was === null && one.class === 'feedback' && !one.isCopy,
  );
  const isTold = ({ root }: Transition): boolean => told.has(root) || usedUp.has(root);
  // A question about a text does not go to somebody whom the text did not reach.
  const isAsked = ({ ordinal, personId }: Transition): boolean =>
    !roots.some(
      (one) =>
        one.personId === personId &&
        one.ordinal < ordinal &&
        (!told.has(one.root) || didNotArrive.has(one.root)),
    );
  return roots
    .filter((one) => !stopped.has(one.personId) && !isTold(one) && isAsked(one))
    .map(
      ({ root, personId }) =>
        `somebody was not told what happened: ${pathOf(transitions, root)}; their others: ${roots
          .filter((other) => other.personId === personId && other.root !== root)
          .map((other) => pathOf(transitions, other.root))
          .join(' / ')}`,
    );
}

/** An attempt may be noted before its last look at the person; the call may not be made. */
export const noneAfterOptOut: Invariant = ({ attemptsAfterOptOut, called }) =>
  attemptsAfterOptOut
    .filter(({ class: kind, nonce }) => !MAY_GO.has(kind) && called.has(nonce))
    .map(({ class: kind }) => `one of class ${kind} was begun after an opt-out, and went`);

const MAY_GO: ReadonlySet<string> = new Set(['opt-out', 'signpost']);

/** Whoever told of harm knows where help is, on the webhook's answer or by a message after it. */
export const helpArrives: Invariant = ({ inNeed, rows, taken }) => {
  const nonces = new Set(taken.map(({ nonce }) => nonce));
  const helped = new Set(
    rows
      .filter((row) => row.class === 'signpost' && (row.wasAccepted || nonces.has(row.nonce ?? '')))
      .map((row) => row.personId),
  );
  return inNeed
    .filter((one) => !helped.has(one))
    .map((one) => {
      const theirs = rows.filter((row) => row.class === 'signpost' && row.personId === one);
      const states = theirs.map(({ state, attempts }) => `${state} after ${attempts}`);
      return `one was left without a signpost: ${states.join(', ') || 'none was written'}`;
    });
};

const MOST_TRIES = 10;

/**
 * What can never go is set aside after its tries, or at once where no try could help, and somebody is
 * told. A try that was cut short may have gone, for all that anybody can know: then it is unknown,
 * and not tried again.
 */
export const poisonSetAside: Invariant = ({ poisoned, rows, printed }) => {
  const theirs = rows.filter((row) => poisoned.includes(row.personId) && !row.wasAccepted);
  const wasTriedInVain = (row: OutboxRow): boolean =>
    row.state === 'failed' && row.attempts === MOST_TRIES;
  const isSetAside = (row: OutboxRow): boolean =>
    wasTriedInVain(row) || (row.state === 'failed' && row.reason === 'unreadable');
  const isOver = (row: OutboxRow): boolean => row.state === 'unknown' || isSetAside(row);
  const alerts = [
    ...(theirs.some(wasTriedInVain) ? ['messages were set aside'] : []),
    ...(theirs.some(isSetAside) ? ['messages could not be made ready'] : []),
  ];
  return [
    ...some(
      theirs.filter((row) => !isOver(row)).length,
      'poison messages were not set aside after their tries',
    ),
    ...alerts.filter((alert) => !printed.includes(alert)).map((alert) => `no alert: ${alert}`),
  ];
};
