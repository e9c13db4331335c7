/** Discord's components as plain JSON: rows of buttons and lists, and the limits that they have. */

export interface Button {
  readonly type: 2;
  readonly style: 1 | 2;
  readonly label: string;
  readonly custom_id: string;
}

export interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly default?: boolean;
}

export interface Select {
  readonly type: 3;
  readonly custom_id: string;
  readonly placeholder: string;
  readonly min_values: number;
  readonly max_values: number;
  readonly options: readonly SelectOption[];
}

export interface Row {
  readonly type: 1;
  readonly components: readonly (Button | Select)[];
}

export const MOST_ROWS = 5;
export const MOST_IN_ROW = 5;
export const MOST_IN_LIST = 25;
export const LONGEST_BUTTON = 80;
export const LONGEST_OPTION = 100;

export function button(label: string, custom_id: string, style: Button['style'] = 2): Button {
  return { type: 2, style, label: shortened(label, LONGEST_BUTTON), custom_id };
}

export function rowsOfButtons(buttons: readonly Button[]): readonly Row[] {
  return chunks(buttons, MOST_IN_ROW).map((components) => ({ type: 1, components }));
}

export function rowOf(select: Select): Row {
  return { type: 1, components: [select] };
}

/** Cut between characters, with a mark that something is missing. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    if (kept.length + segment.length > longest - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
