/** What the pieces of the Teams adapter share, and how they answer a request. */
import type { Receipt } from '../../src/channel.ts';
import type { Card } from './card-json.ts';
import type { CardUpdates } from './card-updates.ts';
import type { Connector } from './connector.ts';
import type { ReadGroupCommand } from './group-command.ts';
import type { TeamsPorts, TeamsSettings } from './teams-options.ts';

export interface TeamsParts {
  readonly settings: TeamsSettings;
  readonly ports: TeamsPorts;
  readonly connector: Connector;
  readonly updates: CardUpdates;
  readonly groupCommand: ReadGroupCommand;
}

export type Answer =
  | { readonly kind: 'acknowledged' }
  /** Not done: Teams may bring it again. */
  | { readonly kind: 'come-again' }
  /** In place of the card that was tapped; the receipt is told what became of it. */
  | { readonly kind: 'card'; readonly card: Card; readonly receipt?: Receipt };

export const ACKNOWLEDGED: Answer = { kind: 'acknowledged' };
