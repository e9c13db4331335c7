/**
 * The shape of a flow document, as an officer writes it: the one schema that the loader checks
 * against and that editors get as JSON Schema. It knows shapes and sizes only; whether the script
 * makes sense is the work of check/. Field names are fixed: documents in use rely on them.
 */
import { z } from 'zod';
import { type branch, question, statement } from './document-step.ts';
import { language, localised, places, stepId } from './document-text.ts';

const MOST_STEPS = 2_000;

const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,4}[mhd]$/, 'Write a length of time such as 48h or 5d.');

export const promise = z.strictObject({
  asks: localised.optional(),
  can_change: localised.optional(),
  cannot_change: localised.optional(),
  decides: localised.optional(),
  success: localised.optional(),
  level: z
    .enum(['informing', 'consultation', 'engagement', 'co-design', 'co-production'])
    .optional(),
  feedback_by: z.string().max(40).optional().describe('A date such as 2027-01-28'),
});

const expectedValue = z.union([
  z.string().max(2_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string().max(2_000), z.number()])).max(100),
]);
export const test = z.strictObject({
  name: z.string().min(1).max(200),
  channel: z.enum(['sms', 'web', 'discord', 'teams']).optional(),
  language: language.optional(),
  say: z
    .array(z.union([z.string().max(2_000), z.number(), z.boolean()]).transform(String))
    .max(500),
  expect: z
    .record(
      z
        .string()
        .regex(
          /^(ended_at|said|not_said|language|answers\.[a-z][a-z0-9_]*)$/,
          'A test can expect answers.<step>, ended_at, said, not_said or language.',
        ),
      expectedValue,
    )
    .describe('answers.<step>, ended_at, said, not_said, language'),
});

export const flowDocument = z.strictObject({
  flow: z
    .string()
    .max(60)
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'A flow is named by small letters, digits and hyphens, such as chesham-park.',
    )
    .describe('A short name: small letters and hyphens'),
  version: z.int().min(1).max(1_000_000).describe('One more on every publish'),
  languages: z.array(language).min(1).max(20).describe('The first one is the fallback'),
  title: localised,
  quiet_name: localised.optional().describe('What may stand on a lock screen'),
  keyword: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z][A-Za-z0-9]{1,19}$/,
      'A keyword is one word of 2 to 20 plain letters and digits, such as PARK.',
    )
    .transform((word) => word.toUpperCase())
    .optional()
    .describe('The word to text'),
  ages: z.tuple([z.int().min(4).max(120), z.int().min(4).max(120)]).optional(),
  promise: promise.optional(),
  privacy: z
    .strictObject({
      safeguarding: z.enum(['sealed', 'opt_in']).optional(),
      keep_partial: z.boolean().optional(),
    })
    .optional(),
  about_you: z
    .array(z.enum(['age_band', 'area', 'disability']))
    .max(3)
    .optional(),
  areas: places.optional(),
  expires_after: duration.optional().describe('5d or 48h; 7d at most'),
  reminders: z.array(duration).max(1).optional(),
  start: stepId,
  steps: z
    .record(stepId, z.union([question, statement]))
    .refine((all) => Object.keys(all).length <= MOST_STEPS, `${MOST_STEPS} steps are the most.`),
  tests: z.array(test).max(200).optional(),
});

/** A document as it stands after loading: short forms are written out, list files are taken in. */
export type FlowDocument = z.output<typeof flowDocument>;
export type StepDocument = FlowDocument['steps'][string];
export type QuestionDocument = z.output<typeof question>;
export type StatementDocument = z.output<typeof statement>;
export type BranchDocument = z.output<typeof branch>;
export type TestDocument = z.output<typeof test>;
export type PlacesDocument = z.output<typeof places>;

export function isQuestion(step: StepDocument): step is QuestionDocument {
  return 'ask' in step;
}
