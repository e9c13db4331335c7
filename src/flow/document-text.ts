/**
 * The smallest pieces of a flow document: names, texts in each language, options and places. They
 * say what is wrong in their own words where a form of its own is broken.
 */
import { z } from 'zod';

export const MOST_OPTIONS = 50;
const MOST_PLACES = 500;
export const LONGEST_ANSWER = 2_000;

export const LANGUAGE_CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const STEP_ID = 'A step is named by a short word: small letters, digits and _, a letter first.';
/** Ids begin with a letter: a list that is keyed by numbers loses its order. */
export const stepId = z
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
export const language = z
  .string()
  .regex(LANGUAGE_CODE, 'A language is named by its code, such as en, en-easy or pl.')
  .describe('A language code: en, en-easy, pl');
const words = z.string().trim().max(1_600);

export const localised = z
  .record(language, words)
  .describe('The text in each language: { en: "...", pl: "..." }');
export const optionObject = z.strictObject({
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

export const options = z
  .record(optionId, option)
  .refine((all) => Object.keys(all).length <= MOST_OPTIONS, `${MOST_OPTIONS} options are the most.`)
  .describe('The answers to choose from, in order');
export const placeList = z
  .record(optionId, option)
  .refine((all) => Object.keys(all).length <= MOST_PLACES, `${MOST_PLACES} places are the most.`)
  .describe('Named places, in order');
export const places = z
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
