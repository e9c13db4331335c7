/**
 * What Teams shows of an Adaptive Card, written down as rules: known elements with their properties,
 * unique ids of inputs, no more buttons in a row than are shown. A card that breaks one throws here,
 * as Teams would show an empty one.
 */
import { z } from 'zod';

const run = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.enum(['default', 'bolder', 'lighter']).optional(),
  isSubtle: z.boolean().optional(),
  size: z.enum(['default', 'small', 'medium', 'large']).optional(),
});
const spacing = z.enum(['none', 'small', 'default', 'medium', 'large', 'padding']).optional();
const data = z.record(z.string(), z.json());
const submit = z.strictObject({
  type: z.literal('Action.Submit'),
  title: z.string().min(1),
  data,
  associatedInputs: z.enum(['auto', 'none']).optional(),
});
const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  title: z.string(),
  verb: z.string().min(1),
  data,
  style: z.enum(['default', 'positive', 'destructive']).optional(),
  associatedInputs: z.enum(['auto', 'none']).optional(),
  fallback: z.union([submit, z.literal('drop')]).optional(),
});
const open = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
});
const input = { id: z.string().min(1), label: z.string().min(1) };

const element: z.ZodType<CardElement> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('RichTextBlock'), spacing, inlines: z.array(run).min(1) }),
    z.strictObject({
      type: z.literal('ActionSet'),
      spacing,
      separator: z.boolean().optional(),
      // Teams shows six actions of a set and hides the rest.
      actions: z
        .array(z.discriminatedUnion('type', [execute, open]))
        .min(1)
        .max(6),
    }),
    z.strictObject({
      type: z.literal('Container'),
      spacing,
      style: z.enum(['default', 'emphasis']).optional(),
      items: z.array(element).min(1),
    }),
    z.strictObject({
      type: z.literal('Input.ChoiceSet'),
      ...input,
      wrap: z.boolean().optional(),
      style: z.enum(['expanded', 'compact']),
      isMultiSelect: z.boolean().optional(),
      // Several values come back with commas between them.
      choices: z
        .array(z.strictObject({ title: z.string().min(1), value: z.string().regex(/^[^,]+$/) }))
        .min(1),
    }),
    z.strictObject({
      type: z.literal('Input.Text'),
      ...input,
      isMultiline: z.boolean().optional(),
      maxLength: z.number().int().positive().optional(),
      value: z.string().optional(),
    }),
    z.strictObject({
      type: z.literal('Input.Number'),
      ...input,
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ]),
);

export type CardElement =
  | {
      type: 'RichTextBlock';
      inlines: z.infer<typeof run>[];
      spacing?: z.infer<typeof spacing>;
    }
  | {
      type: 'ActionSet';
      actions: (z.infer<typeof execute> | z.infer<typeof open>)[];
      spacing?: z.infer<typeof spacing>;
    }
  | { type: 'Container'; items: CardElement[]; style?: 'default' | 'emphasis' | undefined }
  | {
      type: 'Input.ChoiceSet';
      id: string;
      label: string;
      style: 'expanded' | 'compact';
      isMultiSelect?: boolean | undefined;
      choices: { title: string; value: string }[];
    }
  | { type: 'Input.Text'; id: string; label: string; value?: string | undefined }
  | { type: 'Input.Number'; id: string; label: string };

const card = z.strictObject({
  $schema: z.string().optional(),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  lang: z.string().regex(/^[a-z]{2,3}$/),
  rtl: z.boolean().optional(),
  fallbackText: z.string(),
  body: z.array(element).min(1),
  refresh: z.strictObject({ action: execute, userIds: z.array(z.string()).max(60) }).optional(),
});

export type CheckedCard = z.infer<typeof card>;

export function checkCard(content: unknown): CheckedCard {
  const read = card.parse(content);
  const ids = inputsOf(read.body);
  if (new Set(ids).size !== ids.length) throw new Error('two inputs of one card have one id');
  return read;
}

function inputsOf(elements: readonly CardElement[]): readonly string[] {
  return elements.flatMap((one) =>
    one.type === 'Container' ? inputsOf(one.items) : 'id' in one ? [one.id] : [],
  );
}
