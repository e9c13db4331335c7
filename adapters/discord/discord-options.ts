/**
 * What the Discord channel is built with, and where it may talk to. The token goes to Discord by
 * https or to a stand-in on this machine, and never into a log or an error.
 */
import type { DiscordConfig } from '../../src/platform/config.ts';
import { isLoopback } from '../../src/platform/loopback.ts';

export interface DiscordOptions extends Omit<DiscordConfig, 'apiUrl'> {
  /** A stand-in for https://discord.com/api: on this machine, or by https. */
  readonly apiUrl?: string;
  /** Heard's own address, named to Discord as the place where this bot comes from. */
  readonly publicUrl?: string;
  /** Labels and short sentences of the adapter's own, in the person's language. */
  readonly say: Say;
  /** What /language offers: codes and names. */
  readonly languages?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** How often a card that everyone sees may be written anew, at most. */
  readonly cardEveryMs?: number;
  readonly now?: () => Date;
}

export type Say = (
  name: string,
  language: string,
  values?: Readonly<Record<string, string>>,
) => string;

const DISCORD_API = 'https://discord.com/api';

/** Where the API is, without a slash at its end. Throws where the token must not be sent to. */
export function apiUrlOf({ apiUrl = DISCORD_API }: Pick<DiscordOptions, 'apiUrl'>): string {
  const url = URL.parse(apiUrl);
  const safe = url !== null && (url.protocol === 'https:' || isLoopback(url));
  if (!safe || url.username !== '' || url.password !== '')
    throw new Error('DISCORD_API_URL must be https, or on this machine');
  return apiUrl.replace(/\/+$/, '');
}

export function staysOnThisMachine(apiUrl: string): boolean {
  return isLoopback(new URL(apiUrl));
}

export const SNOWFLAKE = /^[1-9]\d{0,19}$/;
