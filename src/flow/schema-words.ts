/**
 * One finding of the schema in plain words. Where a setting has a form of its own (a name, a
 * length of time) the schema carries the sentence itself; here stand those that any setting shares.
 */
import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { KINDS } from './document-settings.ts';
import type { Path } from './read-yaml.ts';

/** `missing` is a value that is not there at all; null is one that was left empty. */
export function wordsForIssue(issue: z.core.$ZodIssue, path: Path, value: unknown): string {
  if (value === undefined) return missing(path);
  switch (issue.code) {
    case 'invalid_format':
    case 'custom':
      return issue.message;
    case 'invalid_key':
      return `"${String(path.at(-1))}": ${issue.issues[0]?.message ?? 'This name cannot stand here.'}`;
    case 'invalid_union':
      return issue.discriminator === 'ask' ? unknownKind(value) : wrongForm(path, value);
    case 'invalid_value':
      return notOneOf(issue.values, value);
    case 'too_big':
      return issue.origin === 'string' && !issue.message.startsWith('Too big')
        ? issue.message
        : `This is too ${SIZE[issue.origin]?.big ?? 'large'}: ${issue.maximum} ${SIZE[issue.origin]?.unit ?? ''} is the most.`.replace(
            '  ',
            ' ',
          );
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? (FORM[String(path.at(-1))] ?? 'Something must stand here.')
        : `This is too small: ${issue.minimum} is the least.`;
    case 'invalid_type':
      return PLAIN_TYPE[issue.expected] ?? wrongForm(path, value);
    default:
      return wrongForm(path, value);
  }
}

const PLAIN_TYPE: Readonly<Record<string, string>> = {
  int: 'Write a whole number here, without quotes.',
  number: 'Write a number here, without quotes.',
  boolean: 'Write true or false here.',
};

const SIZE: Readonly<Record<string, { readonly big: string; readonly unit: string }>> = {
  string: { big: 'long', unit: 'characters' },
  array: { big: 'long', unit: 'of them' },
};

function missing(path: Path): string {
  return `"${String(path.at(-1))}" is missing here.`;
}

function unknownKind(value: unknown): string {
  const ask = isRecord(value) ? value.ask : value;
  if (typeof ask !== 'string')
    return `After "ask" comes the kind of question: ${KINDS.join(', ')}.`;
  const likely = didYouMean(ask, KINDS) || ` The kinds are ${KINDS.join(', ')}.`;
  return `There is no kind of question called "${ask}".${likely}`;
}

function notOneOf(values: readonly unknown[], value: unknown): string {
  const allowed = values.map(String);
  const likely = typeof value === 'string' ? didYouMean(value, allowed) : '';
  return `${shown(value)} cannot stand here.${likely || ` Write one of: ${allowed.join(', ')}.`}`;
}

/** What each setting looks like, where it holds something else. */
const FORM: Readonly<Record<string, string>> = {
  ages: 'Write the youngest and the oldest age, such as [11, 18].',
  languages: 'Write the languages as a list, such as [en, en-easy, pl].',
  reminders: 'Write the reminder as a list of one, such as [48h].',
  about_you: 'Write a list of age_band, area and disability.',
  options: 'Write each option on a line of its own: a short name, then its label in each language.',
  places: 'Write each place with its label, or name a list file that lies beside the flow.',
  areas: 'Write each area with its label, or name a list file that lies beside the flow.',
  next: 'Write the step to go to, or a list of branches such as [ { when: ..., go: ... }, { go: ... } ].',
  steps: 'Write the steps below this, each under its name.',
  tests: 'Write the tests as a list.',
  say: 'Write what is said.',
  expect: 'Write what is expected, such as { ended_at: goodbye }.',
};
const LOCALISED = new Set([
  'text',
  'sorry',
  'title',
  'quiet_name',
  'label',
  'low',
  'high',
  'asks',
  'can_change',
  'cannot_change',
  'decides',
  'success',
]);

/** Whether a text in each language stands at the path. */
export function isLocalised(path: Path): boolean {
  const name = String(path.at(-1) ?? '');
  const isStatement = name === 'say' && path[0] === 'steps';
  const isOption = ['options', 'places', 'areas'].includes(String(path.at(-2)));
  return LOCALISED.has(name) || isStatement || isOption;
}

function wrongForm(path: Path, value: unknown): string {
  const name = String(path.at(-1) ?? '');
  if (path.length === 0) return 'This is not a flow: it should begin with "flow:" and its name.';
  if (isLocalised(path)) {
    return 'Write this text in each language, such as { en: "..." }.';
  }
  const form = FORM[name];
  if (form !== undefined) return form;
  if (value === null) return 'Something must stand here.';
  if (typeof value === 'object') return 'Something shorter belongs here: one word or one text.';
  return typeof value === 'string'
    ? `${shown(value)} cannot stand here.`
    : `Put quotes around ${shown(value)}, or write what belongs here.`;
}

function shown(value: unknown): string {
  return typeof value === 'string'
    ? `"${value.slice(0, 60)}"`
    : (JSON.stringify(value)?.slice(0, 60) ?? 'This');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
