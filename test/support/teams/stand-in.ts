/**
 * Stands in for Microsoft Teams as a whole: signs in, brings activities to the bot with real tokens,
 * and keeps what the bot wrote. `teamsPerson` in `person.ts` speaks through it.
 */
import type { TeamsConfig } from '../../../src/platform/config.ts';
import { type StandInConnector, startConnector } from './connector.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const BOT = `28:${APP_ID}`;

export interface StandInTeams {
  readonly issuer: TokenIssuer;
  readonly connector: StandInConnector;
  readonly serviceUrl: string;
  /** What a program must be set to. */
  readonly settings: TeamsConfig;
  /** The same, by the names of its settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the bot listens: the whole address of its messages. */
  readonly botAt: (url: string) => void;
  readonly deliver: (activity: object, options?: Delivery) => Promise<Delivered>;
  readonly newId: () => string;
  readonly close: () => Promise<void>;
}

export interface Delivery {
  /** Null: none at all. */
  readonly token?: string | null;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Delivered {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

export async function startTeamsStandIn(): Promise<StandInTeams> {
  const issuer = await startTokenIssuer();
  const connector = await startConnector(issuer);
  const serviceUrl = `${connector.url}/`;
  let bot = '';
  let counter = 0;
  const settings = {
    appId: APP_ID,
    appPassword: 'a-secret-for-tests',
    tenantIds: [TENANT],
    openIdUrl: issuer.openIdUrl,
    loginUrl: issuer.loginUrl,
    serviceUrls: [connector.url],
  };
  return {
    issuer,
    connector,
    serviceUrl,
    settings,
    environment: {
      TEAMS_APP_ID: settings.appId,
      TEAMS_APP_PASSWORD: settings.appPassword,
      TEAMS_TENANT_ID: TENANT,
      TEAMS_OPENID_URL: settings.openIdUrl,
      TEAMS_LOGIN_URL: settings.loginUrl,
      TEAMS_SERVICE_URLS: connector.url,
    },
    botAt: (url) => {
      bot = url;
    },
    newId: () => {
      counter += 1;
      return `f:${counter.toString().padStart(8, '0')}`;
    },
    deliver: async (activity, options = {}) => {
      const token =
        options.token === undefined ? issuer.sign({ appId: APP_ID, serviceUrl }) : options.token;
      const response = await fetch(bot, {
        method: 'POST',
        body: options.body ?? JSON.stringify(activity),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          connection: 'close',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...options.headers,
        },
      });
      const text = await response.text();
      return { status: response.status, text, json: parsed(text) };
    },
    close: async () => {
      await connector.close();
      await issuer.close();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
