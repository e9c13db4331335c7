/**
 * The audience file of `heard launch`, and what is told of its rows: lines and reasons, never what
 * stands in a row.
 */
import { createReadStream } from 'node:fs';
import { phoneNumber } from '../../adapters/sms/phone-number.ts';
import { type AudienceFile, type ReadNumber, readAudience } from '../consultation/audience.ts';
import type { Invitees } from '../consultation/invitee-list.ts';
import type { CommandResult } from './output.ts';

export interface AudienceOptions {
  readonly audience?: string;
  readonly goodRowsOnly: boolean;
}

export type Audience =
  | { readonly kind: 'audience'; readonly invitees: Invitees; readonly lines: readonly string[] }
  | Extract<CommandResult, { kind: 'refused' }>;

export async function audienceOf(
  { audience, goodRowsOnly }: AudienceOptions,
  languages: readonly string[],
): Promise<Audience> {
  if (audience === undefined) return { kind: 'audience', invitees: [], lines: [] };
  const read = await readFile(audience, languages);
  if (read.kind === 'refused') return { kind: 'refused', reasons: [read.message] };
  const { invitees, problems, repeated } = read;
  if (problems.count > 0 && !goodRowsOnly) {
    return {
      kind: 'refused',
      reasons: [
        ...rowLines(audience, problems),
        `${problems.count} rows have problems and ${invitees.length} are good. Put them right, or add --good-rows-only to invite the good ones alone.`,
      ],
    };
  }
  return { kind: 'audience', invitees, lines: rowLines(audience, repeated) };
}

type ReadFile = Extract<AudienceFile, { kind: 'read' }>;

async function readFile(path: string, languages: readonly string[]): Promise<AudienceFile> {
  try {
    return await readAudience(createReadStream(path), languages, readNumber);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return { kind: 'refused', message: `There is no file "${path}" that can be read.` };
  }
}

function rowLines(path: string, { first, count }: ReadFile['problems']): readonly string[] {
  const more = count - first.length;
  return [
    ...first.map(({ line, message }) => `${path}:${line}:1 ${message}`),
    ...(more > 0 ? [`${more} more rows like these.`] : []),
  ];
}

const readNumber: ReadNumber = (typed) => {
  const number = phoneNumber(typed);
  return number.kind === 'mobile'
    ? { kind: 'number', number: number.e164 }
    : { kind: 'refused', reason: REASONS[number.reason] };
};

const REASONS = {
  'not-a-number': 'This is not a phone number',
  alphanumeric: 'This is a name, not a phone number',
  'short-code': 'This is a short code: it cannot be texted from here',
  landline: 'This is a landline: Heard texts mobiles only',
  premium: 'This is a premium number',
  personal: 'This is a personal (070) number',
  pager: 'This is a pager',
  abroad: 'This is not a mobile of the United Kingdom',
} as const;
