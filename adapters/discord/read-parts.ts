/**
 * Reads the parts of an interaction whose shape varies: what was put into a command, into a form,
 * and which rows the pressed message has.
 */
import { z } from 'zod';

const given = z.object({
  type: z.int(),
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
});
const options = z.array(given.extend({ options: z.array(given).optional() }));

export interface CommandOptions {
  readonly subcommand?: string;
  readonly values: ReadonlyMap<string, string>;
  /** What is being typed while Discord asks what could be meant. */
  readonly focused?: string;
}

export function commandOptions(read: unknown): CommandOptions {
  const all = options.safeParse(read ?? []).data ?? [];
  const below = all.find(({ type }) => type === SUBCOMMAND);
  const flat = below === undefined ? all : (below.options ?? []);
  const focused = flat.find((option) => option.focused === true)?.value;
  return {
    ...(below === undefined ? {} : { subcommand: below.name }),
    values: new Map(flat.map(({ name, value }) => [name, String(value ?? '')])),
    ...(typeof focused === 'string' ? { focused } : {}),
  };
}

const SUBCOMMAND = 1;

const field = z.object({ value: z.string().optional() });
const forms = z.array(
  z.object({ component: field.optional(), components: z.array(field).optional() }),
);

/** The words that were written into a form. */
export function writtenIn(components: unknown): string | undefined {
  const rows = forms.safeParse(components).data ?? [];
  return rows
    .flatMap(({ component, components: inside = [] }) => [component, ...inside])
    .find((one) => one?.value !== undefined)?.value;
}

const option = z.object({
  label: z.string(),
  value: z.string(),
  default: z.boolean().optional(),
});
const part = z.object({
  type: z.int(),
  custom_id: z.string().optional(),
  label: z.string().optional(),
  style: z.int().optional(),
  placeholder: z.string().optional(),
  min_values: z.int().optional(),
  max_values: z.int().optional(),
  options: z.array(option).optional(),
});
const rows = z.array(z.object({ type: z.literal(1), components: z.array(part) }));

export type Part = z.infer<typeof part>;

/** The parts of a message's rows, row by row. */
export function partsOf(components: unknown): readonly (readonly Part[])[] {
  return (rows.safeParse(components).data ?? []).map((row) => row.components);
}
