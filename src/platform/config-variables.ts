/**
 * Every environment variable that Heard reads, and what each may hold. The messages follow the
 * variable's name in a sentence and must never repeat its value. `.env.example` names the same ones.
 */
import { z } from 'zod';
import { readLeadPublicKey } from './lead-public-key.ts';
import { isLoopback } from './loopback.ts';

const text = (longest: number) =>
  z.string().max(longest, { error: `must have at most ${longest} characters` });

const number = (min: number, max: number, words: string) =>
  z.coerce.number({ error: `must be ${words}` }).refine((value) => value >= min && value <= max, {
    error: `must be ${words}`,
  });

const whole = (min: number, max: number, words: string) =>
  number(min, max, words).refine(Number.isInteger, { error: `must be ${words}` });

const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.enum(choices, { error: `must be ${choices.join(' or ')}` });

const url = z
  .string()
  .refine(isWebAddress, {
    error: 'must be an address that begins with http:// or https://, without a ? or # part',
  })
  .transform((value) => value.replace(/\/+$/, ''));

/** Where a secret goes: never over a line that others can read, unless it stays on this machine. */
const safeUrl = url.refine(isSafeAddress, {
  error: 'must begin with https://, unless it is an address of this machine',
});

const listOf = (words: string, isOne: (one: string) => boolean) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .refine((all) => all.length > 0 && all.every(isOne), { error: `must be ${words}` });

const matching = (pattern: RegExp, words: string) =>
  z.string().regex(pattern, { error: `must be ${words}` });

const DIRECTORY_ID = /^[A-Za-z0-9-]{1,100}$/;

export const variables = z.object({
  HEARD_ORGANISATION: text(40).optional(),
  PORT: whole(0, 65_535, 'a whole number from 0 to 65535').optional(),
  PUBLIC_URL: url.optional(),
  DATABASE_URL: z
    .string()
    .refine(isPostgresAddress, { error: 'must be an address that begins with postgres://' })
    .optional(),
  HEARD_DATA_DIR: text(1000).optional(),
  HEARD_KEYS_DIR: text(1000).optional(),
  HEARD_COOLING_OFF_HOURS: whole(0, 168, 'a whole number of hours from 0 to 168').optional(),
  HEARD_RELEASE_MIN: whole(
    10,
    100_000,
    'a whole number of 10 or more: it may be raised, never lowered',
  ).optional(),
  HEARD_SEND_WINDOW: oneOf(['default', 'always']).optional(),
  HEARD_TIME_ZONE: z
    .string()
    .refine(isTimeZone, { error: 'must be the name of a time zone, such as Europe/London' })
    .optional(),
  HEARD_HOLIDAYS_FILE: text(1000).optional(),
  HEARD_CONTACT_CAP: whole(1, 100, 'a whole number from 1 to 100').optional(),
  HEARD_MODE: oneOf(['trial', 'live']).optional(),
  HEARD_SAFEGUARDING_KEY: z
    .string()
    .superRefine((value, context) => {
      const read = readLeadPublicKey(value);
      if (read.kind === 'wrong') context.addIssue({ code: 'custom', message: read.problem });
    })
    .optional(),
  HEARD_SMS_PARTS_PER_SECOND: number(0.1, 1000, 'a number from 0.1 to 1000').optional(),
  HEARD_SMS_PART_PENCE: number(0, 1000, 'a number of pence from 0 to 1000').optional(),
  HEARD_SPEND_CEILING_POUNDS: number(
    0,
    10_000_000,
    'a number of pounds from 0 to 10000000',
  ).optional(),
  TWILIO_ACCOUNT_SID: matching(
    /^AC[0-9a-fA-F]{32}$/,
    'AC and 32 digits or letters a to f',
  ).optional(),
  TWILIO_AUTH_TOKEN: text(200).optional(),
  TWILIO_FROM: matching(
    /^(\+[1-9]\d{6,14}|\d{5,6})$/,
    'a number such as +447700900000 or a short code, which people can text: a messaging service (MG...) has none of its own',
  ).optional(),
  TWILIO_API_URL: url.optional(),
  DISCORD_TOKEN: text(200).optional(),
  DISCORD_APPLICATION_ID: matching(/^\d{17,20}$/, '17 to 20 digits').optional(),
  DISCORD_API_URL: safeUrl.optional(),
  TEAMS_APP_ID: matching(DIRECTORY_ID, 'an id of letters, digits and hyphens').optional(),
  TEAMS_APP_PASSWORD: text(400).optional(),
  TEAMS_TENANT_ID: listOf(
    'ids of letters, digits and hyphens, with commas between them (the id, not the domain)',
    (one) => DIRECTORY_ID.test(one),
  )
    .transform((all) => all.map((one) => one.toLowerCase()))
    .optional(),
  TEAMS_OPENID_URL: safeUrl.optional(),
  TEAMS_LOGIN_URL: safeUrl.optional(),
  TEAMS_SERVICE_URLS: listOf(
    'addresses that begin with https://, with commas between them; http:// only on this machine',
    (one) => isWebAddress(one) && isSafeAddress(one),
  ).optional(),
  OPENAI_API_KEY: text(400).optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: text(200).optional(),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: text(400).optional(),
  OIDC_CLIENT_SECRET: text(400).optional(),
});

function isWebAddress(value: string): boolean {
  const parsed = URL.parse(value);
  return (
    parsed !== null &&
    ['http:', 'https:'].includes(parsed.protocol) &&
    parsed.username === '' &&
    !/[?#]/.test(value)
  );
}

function isSafeAddress(value: string): boolean {
  const parsed = URL.parse(value);
  return parsed?.protocol === 'https:' || (parsed !== null && isLoopback(parsed));
}

function isPostgresAddress(value: string): boolean {
  return /^postgres(ql)?:\/\/\S+$/.test(value);
}

function isTimeZone(value: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: value }));
  } catch {
    return false;
  }
}
