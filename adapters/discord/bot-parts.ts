/** What every part of the gateway's side is handed: the calls, the ports and whose words to use. */
import type { Calm } from './calm.ts';
import type { CardUpdates } from './card-updates.ts';
import type { DiscordPorts } from './discord-ports.ts';
import type { Rest } from './discord-rest.ts';

export interface BotParts {
  readonly rest: Rest;
  readonly calm: Calm;
  readonly cards: CardUpdates;
  readonly ports: DiscordPorts;
  readonly applicationId: string;
  /** Codes and names of the languages that are spoken. */
  readonly languages: Readonly<Record<string, string>>;
}

/** Discord says how an app is set, not what a person speaks: undefined where it is none of ours. */
export function languageOf({ languages }: Pick<BotParts, 'languages'>, locale: string) {
  const [base = ''] = locale.split('-');
  return Object.hasOwn(languages, base) ? base : undefined;
}
