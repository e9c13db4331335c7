/**
 * Answers that take more than one choice: places given one after the other, and lists that belong
 * together. What was chosen so far lives in the message itself; nothing of it is kept here.
 */
import { rankRows } from './answer-rows.ts';
import { type Pressed, readCustomId } from './custom-id.ts';
import type { Say } from './discord-options.ts';
import { type Part, partsOf } from './read-parts.ts';
import { MOST_IN_LIST } from './rows.ts';

type Rank = Extract<Pressed, { kind: 'rank' }>;

export type Ranked =
  | { readonly kind: 'asking'; readonly rows: readonly object[] }
  | { readonly kind: 'complete'; readonly options: readonly string[] }
  | { readonly kind: 'unreadable' };

/** Gives the next place to what was chosen, or takes its place away again. */
export function rankAfter(
  components: unknown,
  rank: Rank,
  chosen: string | undefined,
  say: Say,
): Ranked {
  const rows = partsOf(components);
  const options = rows
    .flat()
    .flatMap((part) => (kindOf(part) === 'rank' ? (part.options ?? []) : []));
  const at = options.findIndex(({ value }) => value === chosen);
  if (at < 0 || Math.floor(at / MOST_IN_LIST) !== rank.page) return { kind: 'unreadable' };
  const picked = rank.picked.includes(at)
    ? rank.picked.filter((one) => one !== at)
    : [...rank.picked, at];
  if (picked.length >= Math.min(rank.max, options.length))
    return { kind: 'complete', options: picked.flatMap((one) => options[one]?.value ?? []) };
  const others = rows.filter((row) => !row.some((part) => kindOf(part) === 'rank'));
  return {
    kind: 'asking',
    rows: [...rankRows(options, { ...rank, picked }, say), ...others.map(rowAsItWas)],
  };
}

/** The same message, what was chosen in one of its lists marked as chosen. */
export function pagesAfter(
  components: unknown,
  page: number,
  values: readonly string[],
): readonly object[] {
  return partsOf(components).map((row) =>
    rowAsItWas(
      row.map((part) => {
        const pressed = part.custom_id === undefined ? undefined : readCustomId(part.custom_id);
        if (pressed?.kind !== 'page' || pressed.page !== page) return part;
        const marked = part.options?.map(({ label, value }) => ({
          label,
          value,
          default: values.includes(value),
        }));
        return { ...part, ...(marked === undefined ? {} : { options: marked }) };
      }),
    ),
  );
}

export function chosenOnAllPages(components: unknown): readonly string[] {
  return partsOf(components)
    .flat()
    .filter((part) => kindOf(part) === 'page')
    .flatMap((part) => part.options ?? [])
    .filter((option) => option.default === true)
    .map(({ value }) => value);
}

function kindOf({ custom_id }: Part): Pressed['kind'] | undefined {
  return custom_id === undefined ? undefined : readCustomId(custom_id)?.kind;
}

function rowAsItWas(row: readonly Part[]): object {
  return { type: 1, components: row };
}
