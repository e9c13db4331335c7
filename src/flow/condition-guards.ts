/**
 * Which answers a condition reads without first asking `has()`. An answer that may be skipped may
 * not be there; reading it all the same makes the branch fail for the very people who skipped.
 */
import type { Expression } from './condition-expression.ts';

export interface UnguardedRead {
  readonly question: string;
  readonly start: number;
  readonly end: number;
}

type Known = ReadonlySet<string>;
const NOTHING: Known = new Set();

export function unguardedReads(expression: Expression): readonly UnguardedRead[] {
  const found: UnguardedRead[] = [];
  look(expression, NOTHING, found);
  return found;
}

function look(expression: Expression, known: Known, found: UnguardedRead[]): void {
  switch (expression.op) {
    case 'answer':
      if (!known.has(expression.question)) found.push(expression);
      return;
    case 'has':
    case 'value':
      return;
    case 'list':
      for (const item of expression.items) look(item, known, found);
      return;
    case 'not':
    case 'size':
      look(expression.of, known, found);
      return;
    case 'and':
    case 'or':
      look(expression.left, known, found);
      look(
        expression.right,
        both(known, answered(expression.left, expression.op === 'and')),
        found,
      );
      return;
    default:
      look(expression.left, known, found);
      look(expression.right, known, found);
  }
}

/** The questions that are surely answered once the expression came out as `outcome`. */
function answered(expression: Expression, outcome: boolean): Known {
  switch (expression.op) {
    case 'has':
      return outcome ? new Set([expression.question]) : NOTHING;
    case 'not':
      return answered(expression.of, !outcome);
    case 'and':
    case 'or': {
      const left = answered(expression.left, outcome);
      const right = answered(expression.right, outcome);
      return (expression.op === 'and') === outcome
        ? both(left, right)
        : new Set([...left].filter((question) => right.has(question)));
    }
    default:
      return NOTHING;
  }
}

function both(a: Known, b: Known): Known {
  return new Set([...a, ...b]);
}
