/**
 * The shape of a flow document, as an officer writes it: the one schema that the loader checks
 * against and that editors get as JSON Schema. It knows shapes and sizes only; whether the script
 * makes sense is the work of check/. Field names are fixed: documents in use rely on them.
 */
import { z } from 'zod';

export const MOST_STEPS = 2_000;
const MOST_OPTIONS = 50;
const MOST_PLACES = 500;
export const LONGEST_ANSWER = 2_000;

export const LANGUAGE_CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,4}[mhd]$/, 'Write a length of time such as 48h or 5d.');

/** Step and option ids: they begin with a letter, because a list keyed by numbers loses its order. */
const STEP_ID = 'A step is named by a short word: small letters, digits and _, a letter first.';
const id = z
  .string()
  .max(40, STEP_ID)
  .regex(/^(?!constructor$)[a-z][a-z0-9_]*$/, STEP_ID)
  .describe('A short word in small letters, such as bins or top_three');
const OPTION_ID =
  'An option is named by a short word: small letters, digits, _ and -, a letter first.';
const optionId = z
  .string()
  .max(40, OPTION_ID)
  .regex(/^(?!constructor$)[a-z][a-z0-9_-]*$/, OPTION_ID);
const language = z
  .string()
  .regex(LANGUAGE_CODE, 'A language is named by its code, such as en, en-easy or pl.')
  .describe('A language code: en, en-easy, pl');
const words = z.string().trim().max(1_600);

export const localised = z
  .record(language, words)
  .describe('The text in each language: { en: "...", pl: "..." }');
const optionObject = z.strictObject({
  label: localised,
  aliases: z
    .record(language, z.array(z.string().trim().min(1).max(100)).max(30))
    .optional()
    .describe('Other words for this answer, by language'),
});
const option = z.union([localised, optionObject]).transform(asOption);

function asOption(
  written: z.output<typeof localised> | z.output<typeof optionObject>,
): OptionDocument {
  return isOptionObject(written) ? written : { label: written };
}

function isOptionObject(
  written: z.output<typeof localised> | z.output<typeof optionObject>,
): written is z.output<typeof optionObject> {
  return typeof written.label === 'object';
}

export interface OptionDocument {
  readonly label: Readonly<Record<string, string>>;
  readonly aliases?: Readonly<Record<string, readonly string[]>> | undefined;
}

const options = z
  .record(optionId, option)
  .refine((all) => Object.keys(all).length <= MOST_OPTIONS, `${MOST_OPTIONS} options are the most.`)
  .describe('The answers to choose from, in order');
export const placeList = z
  .record(optionId, option)
  .refine((all) => Object.keys(all).length <= MOST_PLACES, `${MOST_PLACES} places are the most.`)
  .describe('Named places, in order');
const places = z
  .union([
    placeList,
    z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
        'Name a list file that lies beside the flow, such as wards.yaml.',
      ),
  ])
  .describe('Named places, or the name of a list file beside the flow');

const branch = z.strictObject({
  when: z.string().trim().min(1).max(1_000).optional().describe('A condition over the answers'),
  go: id.describe('The step to go to'),
});
const next = z
  .union([id, z.array(branch).min(1).max(100)])
  .transform((written) => (typeof written === 'string' ? [{ go: written }] : written))
  .describe('Where to go on; the last branch has no "when"');

const asked = {
  text: localised,
  sorry: localised.optional().describe('Said when the answer was not understood'),
  skippable: z.boolean().optional().describe('True unless it says otherwise'),
  retries: z.int().min(0).max(5).optional().describe('How often to ask again; 2 if not said'),
  on_failure: id.optional().describe('The step to go to after that'),
  next: next.optional(),
};

const question = z.discriminatedUnion('ask', [
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

const statement = z
  .strictObject({
    say: localised.optional().describe('Left out at an end where our closing message says it all'),
    end: z.boolean().optional(),
    next: next.optional(),
  })
  .refine((step) => step.say !== undefined || step.end === true, {
    error: 'Write what is said here under "say". Only a step with "end: true" may say nothing.',
  });

const promise = z.strictObject({
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
const test = z.strictObject({
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
  start: id,
  steps: z
    .record(id, z.union([question, statement]))
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

type Shaped = { readonly shape: Readonly<Record<string, unknown>> };

/** The settings that may stand at a place of a document, for messages about those that may not. */
export function settingsAt(path: readonly (string | number)[], ask: unknown): readonly string[] {
  const [first, , third, , fifth] = path;
  if (path.length === 0) return names(flowDocument);
  if (first === 'promise') return names(promise);
  if (first === 'privacy') return ['safeguarding', 'keep_partial'];
  if (first === 'tests') return names(test);
  if (first !== 'steps') return names(optionObject);
  if (path.length === 2)
    return names(question.options.find((kind) => kind.shape.ask.value === ask) ?? statement);
  if (third === 'next') return names(branch);
  if (third === 'labels') return ['low', 'high'];
  if (third === 'bounds') return ['min', 'max'];
  return fifth === undefined ? names(optionObject) : [];
}

function names(shaped: Shaped): readonly string[] {
  return Object.keys(shaped.shape);
}

/** The kinds of question there are. */
export const KINDS: readonly string[] = question.options.map((kind) => kind.shape.ask.value);
