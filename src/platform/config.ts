/**
 * Reads the environment into one typed value. Every problem is told at once, in plain words and
 * never with the value itself, because a value may be a secret. An empty variable counts as unset.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { variables } from './config-variables.ts';

export interface Config {
  /** The sender's name in every introduction. */
  readonly organisation: string;
  readonly port: number;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Undefined: the embedded Postgres in the data folder. */
  readonly databaseUrl?: string;
  /** Absolute paths. */
  readonly dataDir: string;
  readonly keysDir: string;
  readonly coolingOffHours: number;
  readonly releaseMin: number;
  readonly sendWindow: 'default' | 'always';
  readonly timeZone: string;
  /** Absolute; undefined: only weekends and the bank holidays of every year are known. */
  readonly holidaysFile?: string;
  /** Invitations and reminders to one person in thirty days. */
  readonly contactCap: number;
  readonly mode: 'trial' | 'live';
  /** The safeguarding lead's public key. */
  readonly safeguardingKey?: string;
  readonly smsPartsPerSecond: number;
  readonly smsPartPence?: number;
  /** For text messages in a financial year. */
  readonly spendCeilingPounds?: number;
  readonly sms?: SmsConfig;
  readonly discord?: DiscordConfig;
  readonly teams?: TeamsConfig;
  readonly assist?: AssistConfig;
  readonly signIn?: SignInConfig;
}

export interface SmsConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  readonly apiUrl: string;
}
export interface DiscordConfig {
  readonly token: string;
  readonly applicationId: string;
  readonly apiUrl: string;
}
export interface TeamsConfig {
  readonly appId: string;
  readonly appPassword: string;
  /** In small letters; the first is the one that Heard itself belongs to. */
  readonly tenantIds: readonly string[];
  /** Where the keys are published that sign what Teams sends. */
  readonly openIdUrl: string;
  /** Where Heard gets its own tokens. */
  readonly loginUrl: string;
  /** The only addresses that a token of ours is ever sent to: scheme, host and port count. */
  readonly serviceUrls: readonly string[];
}
export interface AssistConfig {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly model: string;
}
export interface SignInConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type ReadConfig =
  | { readonly kind: 'config'; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

export function readConfig(environment: Readonly<Record<string, string | undefined>>): ReadConfig {
  const set = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const read = variables.safeParse(set);
  const problems = [
    ...(read.success ? [] : read.error.issues.map(plain)),
    ...incompleteGroups(set),
    ...keysBesideData(set),
    ...ceilingWithoutPrice(set),
  ];
  if (!read.success || problems.length > 0) return { kind: 'problems', problems };
  const config = nested(read.data);
  return { kind: 'config', config, warnings: warningsOf(config) };
}

type Variables = z.infer<typeof variables>;

function plain(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}`;
}

/** What must be set for the part to be on; `also` has a default of its own. */
const groups = [
  {
    part: 'text messages',
    needs: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
    also: ['TWILIO_API_URL'],
  },
  {
    part: 'Discord',
    needs: ['DISCORD_TOKEN', 'DISCORD_APPLICATION_ID'],
    also: ['DISCORD_API_URL'],
  },
  {
    part: 'Teams',
    needs: ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'],
    also: ['TEAMS_OPENID_URL', 'TEAMS_LOGIN_URL', 'TEAMS_SERVICE_URLS'],
  },
  {
    part: 'the language model',
    needs: ['OPENAI_API_KEY', 'OPENAI_MODEL'],
    also: ['OPENAI_BASE_URL'],
  },
  { part: 'sign-in', needs: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'], also: [] },
] as const;

function incompleteGroups(set: Readonly<Record<string, string>>): readonly string[] {
  return groups.flatMap(({ part, needs, also }) => {
    const given = [...needs, ...also].filter((name) => set[name] !== undefined);
    const missing = needs.filter((name) => set[name] === undefined);
    if (given.length === 0 || missing.length === 0) return [];
    return [
      `${missing.join(', ')} must be set too, because ${given.join(', ')} ${given.length === 1 ? 'is' : 'are'}: set all of them for ${part}, or none`,
    ];
  });
}

function keysBesideData(set: Readonly<Record<string, string>>): readonly string[] {
  const data = resolve(set['HEARD_DATA_DIR'] ?? DATA_DIR);
  const keys = resolve(set['HEARD_KEYS_DIR'] ?? KEYS_DIR);
  const way = relative(data, keys);
  const inside = !way.startsWith('..') && !isAbsolute(way);
  return inside
    ? [
        'HEARD_KEYS_DIR must be outside HEARD_DATA_DIR: whoever copies the data must not get the keys',
      ]
    : [];
}

function ceilingWithoutPrice(set: Readonly<Record<string, string>>): readonly string[] {
  return set['HEARD_SPEND_CEILING_POUNDS'] !== undefined &&
    set['HEARD_SMS_PART_PENCE'] === undefined
    ? [
        'HEARD_SMS_PART_PENCE must be set too, because HEARD_SPEND_CEILING_POUNDS is: without a price nothing can be held to it',
      ]
    : [];
}

const DATA_DIR = './data';
const KEYS_DIR = './keys';

const TEAMS_OPENID_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

function nested(v: Variables): Config {
  const port = v.PORT ?? 3000;
  return {
    organisation: v.HEARD_ORGANISATION ?? 'Your Council',
    port,
    publicUrl: v.PUBLIC_URL ?? `http://localhost:${port}`,
    dataDir: resolve(v.HEARD_DATA_DIR ?? DATA_DIR),
    keysDir: resolve(v.HEARD_KEYS_DIR ?? KEYS_DIR),
    coolingOffHours: v.HEARD_COOLING_OFF_HOURS ?? 72,
    releaseMin: v.HEARD_RELEASE_MIN ?? 10,
    sendWindow: v.HEARD_SEND_WINDOW ?? 'default',
    timeZone: v.HEARD_TIME_ZONE ?? 'Europe/London',
    mode: v.HEARD_MODE ?? 'trial',
    contactCap: v.HEARD_CONTACT_CAP ?? 2,
    smsPartsPerSecond: v.HEARD_SMS_PARTS_PER_SECOND ?? 10,
    ...(v.DATABASE_URL !== undefined && { databaseUrl: v.DATABASE_URL }),
    ...(v.HEARD_SAFEGUARDING_KEY !== undefined && { safeguardingKey: v.HEARD_SAFEGUARDING_KEY }),
    ...(v.HEARD_SMS_PART_PENCE !== undefined && { smsPartPence: v.HEARD_SMS_PART_PENCE }),
    ...(v.HEARD_SPEND_CEILING_POUNDS !== undefined && {
      spendCeilingPounds: v.HEARD_SPEND_CEILING_POUNDS,
    }),
    ...(v.HEARD_HOLIDAYS_FILE !== undefined && { holidaysFile: resolve(v.HEARD_HOLIDAYS_FILE) }),
    ...channels(v),
    ...services(v),
  };
}

function channels(v: Variables): Pick<Config, 'sms' | 'discord' | 'teams'> {
  return {
    ...(v.TWILIO_ACCOUNT_SID && v.TWILIO_AUTH_TOKEN && v.TWILIO_FROM
      ? {
          sms: {
            accountSid: v.TWILIO_ACCOUNT_SID,
            authToken: v.TWILIO_AUTH_TOKEN,
            from: v.TWILIO_FROM,
            apiUrl: v.TWILIO_API_URL ?? 'https://api.twilio.com',
          },
        }
      : {}),
    ...(v.DISCORD_TOKEN && v.DISCORD_APPLICATION_ID
      ? {
          discord: {
            token: v.DISCORD_TOKEN,
            applicationId: v.DISCORD_APPLICATION_ID,
            apiUrl: v.DISCORD_API_URL ?? 'https://discord.com/api',
          },
        }
      : {}),
    ...(v.TEAMS_APP_ID && v.TEAMS_APP_PASSWORD && v.TEAMS_TENANT_ID
      ? {
          teams: {
            appId: v.TEAMS_APP_ID,
            appPassword: v.TEAMS_APP_PASSWORD,
            tenantIds: v.TEAMS_TENANT_ID,
            openIdUrl: v.TEAMS_OPENID_URL ?? TEAMS_OPENID_URL,
            loginUrl: v.TEAMS_LOGIN_URL ?? 'https://login.microsoftonline.com',
            serviceUrls: v.TEAMS_SERVICE_URLS ?? ['https://smba.trafficmanager.net'],
          },
        }
      : {}),
  };
}

function services(v: Variables): Pick<Config, 'assist' | 'signIn'> {
  return {
    ...(v.OPENAI_API_KEY && v.OPENAI_MODEL
      ? {
          assist: {
            apiKey: v.OPENAI_API_KEY,
            baseUrl: v.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
            model: v.OPENAI_MODEL,
          },
        }
      : {}),
    ...(v.OIDC_ISSUER && v.OIDC_CLIENT_ID && v.OIDC_CLIENT_SECRET
      ? {
          signIn: {
            issuer: v.OIDC_ISSUER,
            clientId: v.OIDC_CLIENT_ID,
            clientSecret: v.OIDC_CLIENT_SECRET,
          },
        }
      : {}),
  };
}

function warningsOf(config: Config): readonly string[] {
  return [
    ...(config.coolingOffHours < 24
      ? [
          `HEARD_COOLING_OFF_HOURS is ${config.coolingOffHours}: people have less than a day to take an answer back`,
        ]
      : []),
    ...(config.sendWindow === 'always'
      ? ['HEARD_SEND_WINDOW is always: quiet hours are lifted and messages may go out at night']
      : []),
    ...(config.mode === 'live' && !config.publicUrl.startsWith('https:')
      ? ['PUBLIC_URL does not begin with https: answers on the web chat can be read on their way']
      : []),
  ];
}
