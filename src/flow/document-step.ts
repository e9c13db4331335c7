/**
 * The steps of a flow document: a question of each kind with the settings that belong to it and no
 * others, and the statement.
 */
import { z } from 'zod';
import {
  LONGEST_ANSWER,
  localised,
  MOST_OPTIONS,
  options,
  places,
  stepId,
} from './document-text.ts';

export const branch = z.strictObject({
  when: z.string().trim().min(1).max(1_000).optional().describe('A condition over the answers'),
  go: stepId.describe('The step to go to'),
});
const next = z
  .union([stepId, z.array(branch).min(1).max(100)])
  .transform((written) => (typeof written === 'string' ? [{ go: written }] : written))
  .describe('Where to go on; the last branch has no "when"');

const asked = {
  text: localised,
  sorry: localised.optional().describe('Said when the answer was not understood'),
  skippable: z.boolean().optional().describe('True unless it says otherwise'),
  retries: z.int().min(0).max(5).optional().describe('How often to ask again; 2 if not said'),
  on_failure: stepId.optional().describe('The step to go to after that'),
  next: next.optional(),
};

export const question = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('yes_no'), ...asked }),
  z.strictObject({ ask: z.literal('choose_one'), ...asked, options }),
  z.strictObject({
    ask: z.literal('choose_many'),
    ...asked,
    options,
    max_choices: z.int().min(1).max(MOST_OPTIONS).optional(),
  }),
  z.strictObject({
    ask: z.literal('rank'),
    ...asked,
    options,
    rank: z.int().min(1).max(10).optional().describe('How many places to rank; 3 if not said'),
  }),
  z.strictObject({
    ask: z.literal('scale'),
    ...asked,
    scale: z.literal([3, 5, 7, 'faces']).optional(),
    labels: z.strictObject({ low: localised.optional(), high: localised.optional() }).optional(),
  }),
  z.strictObject({
    ask: z.literal('number'),
    ...asked,
    bounds: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
  }),
  z.strictObject({
    ask: z.literal('text'),
    ...asked,
    max_length: z.int().min(1).max(LONGEST_ANSWER).optional(),
  }),
  z.strictObject({ ask: z.literal('place'), ...asked, places }),
]);

export const statement = z
  .strictObject({
    /** What is asked is never a statement: without this line a slip in a question would make it one. */
    ask: z.never().optional(),
    say: localised.optional().describe('Left out at an end where our closing message says it all'),
    end: z.boolean().optional(),
    next: next.optional(),
  })
  .refine((step) => step.say !== undefined || step.end === true, {
    error: 'Write what is said here under "say". Only a step with "end: true" may say nothing.',
  });
