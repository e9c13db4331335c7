/** Where steps go on to: to steps that exist, from every branch, to an end, never round for ever. */
import { didYouMean, nearest } from '../did-you-mean.ts';
import { isQuestion } from '../document.ts';
import { reachable, reversed } from '../step-links.ts';
import { error, type Finding, onKey, type Rule, type Subject, warning } from './subject.ts';

export const stepsThatExist: Rule = ({ document, branches }) => {
  const ids = Object.keys(document.steps);
  const known = new Set(ids);
  const found: Finding[] = [];
  if (ids.length === 0) return [error(['steps'], 'There are no steps.')];
  if (!known.has(document.start)) {
    const likely = didYouMean(document.start, ids);
    found.push(
      error(['start'], `The flow starts at "${document.start}", which does not exist.${likely}`),
    );
  }
  for (const { step, place, go } of branches) {
    if (known.has(go)) continue;
    found.push(error(['steps', step, 'next', place, 'go'], doesNotExist(step, go, ids)));
  }
  for (const [id, step] of Object.entries(document.steps)) {
    if (!isQuestion(step) || step.on_failure === undefined || known.has(step.on_failure)) continue;
    found.push(error(['steps', id, 'on_failure'], doesNotExist(id, step.on_failure, ids)));
  }
  return found;
};

function doesNotExist(step: string, go: string, ids: readonly string[]): string {
  return `Step "${step}" goes to "${go}", which does not exist.${didYouMean(go, ids)}`;
}

export const branchesThatFallThrough: Rule = ({ document }) => {
  const found: Finding[] = [];
  const last = Object.keys(document.steps).at(-1);
  for (const [id, step] of Object.entries(document.steps)) {
    if (isQuestion(step) && step.next === undefined && id === last) {
      found.push(
        onKey(error(['steps', id], `Step "${id}" does not say where to go on. Add "next".`)),
      );
    }
    if (!isQuestion(step) && step.next === undefined && step.end === false) {
      found.push(error(['steps', id, 'end'], `Step "${id}" neither ends nor says where to go on.`));
    }
    if (!isQuestion(step) && step.next !== undefined && step.end === true) {
      found.push(
        onKey(
          warning(['steps', id, 'next'], `Step "${id}" ends, so its "next" is never followed.`),
        ),
      );
    }
    const branches = step.next ?? [];
    const open = branches.findIndex((branch) => branch.when === undefined);
    const end = branches.length - 1;
    if (branches.length > 0 && open === -1) {
      const message = `Step "${id}" has nowhere to go when no condition holds. Add a last branch without "when".`;
      found.push(error(['steps', id, 'next', end], message));
    } else if (open < end) {
      const message = `This branch is never taken: the one above it has no "when".`;
      found.push(warning(['steps', id, 'next', open + 1], message));
    }
  }
  return found;
};

export const stepsThatAreReached: Rule = ({ document, meant }) => {
  const ids = Object.keys(document.steps);
  const start = Object.hasOwn(document.steps, document.start)
    ? document.start
    : nearest(document.start, ids);
  if (start === undefined) return [];
  const reached = reachable(meant.all, [start]);
  return ids
    .filter((id) => !reached.has(id))
    .map((id) => onKey(error(['steps', id], `No step leads to "${id}": nobody will ever see it.`)));
};

export const stepsThatCanEnd: Rule = (subject) => {
  const { document, meant } = subject;
  const ends = [...meant.next].filter(([, goes]) => goes.length === 0).map(([id]) => id);
  const said = Object.entries(document.steps)
    .filter(([, step]) => !isQuestion(step) && step.end === true)
    .map(([id]) => id);
  const canEnd = reachable(reversed(meant.next), [...ends, ...said]);
  const stuck = [...meant.next.keys()].filter((id) => !canEnd.has(id));
  const circles = statementCircles(subject);
  const inCircle = new Set(circles.flat());
  return [
    ...circles.map((circle) =>
      onKey(
        error(
          ['steps', circle[0] ?? ''],
          `These steps lead round to each other for ever and ask nothing: ${circle.join(', ')}.`,
        ),
      ),
    ),
    ...stuck
      .filter((id) => !inCircle.has(id))
      .map((id) => onKey(error(['steps', id], `From "${id}" nobody can come to an end.`))),
  ];
};

/** Circles of statements: each found once, its steps in the order they are said. */
function statementCircles({ document, meant }: Subject): readonly (readonly string[])[] {
  const says = (id: string): boolean => {
    const step = document.steps[id];
    return step !== undefined && !isQuestion(step) && step.end !== true;
  };
  const done = new Set<string>();
  const circles: string[][] = [];
  for (const first of Object.keys(document.steps).filter(says)) {
    const walk = done.has(first) ? [] : [first];
    while (walk.length > 0) {
      const goes = meant.next.get(walk.at(-1) ?? '') ?? [];
      const to = goes.find((id) => says(id) && !done.has(id));
      const met = to === undefined ? -1 : walk.indexOf(to);
      if (to === undefined) done.add(walk.pop() ?? '');
      else if (met === -1) walk.push(to);
      else {
        const circle = walk.splice(met);
        circles.push(circle);
        for (const id of circle) done.add(id);
      }
    }
  }
  return circles;
}
