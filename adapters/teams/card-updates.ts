/**
 * Keeps shared cards true: when somebody has finished, or a card is seen with old figures, it is
 * written anew for everyone, once in a while and never more often, because each change makes every
 * member's client ask for its own view again. It writes what `SharedCard` holds and nothing else.
 */
import { cardMessage } from './card-json.ts';
import type { Connector } from './connector.ts';
import type { Reference } from './reference.ts';
import { baseCard, MOST_REFRESHED, shownMark } from './shared-card.ts';
import type { TeamsPorts, TeamsSettings } from './teams-options.ts';

export interface CardUpdates {
  readonly touch: (card: StandingCard) => void;
}

export interface StandingCard {
  readonly place: Reference;
  readonly activityId: string;
  readonly chat: string;
  readonly keyword: string;
  readonly language: string;
  /** The mark of what stood in it when it was last seen. */
  readonly shown?: string;
}

interface Known {
  readonly at: number;
  readonly mark?: string;
  readonly isDue: boolean;
}

/** More than this are forgotten, the oldest first: at worst a card is written once too often. */
const MOST_KNOWN = 2_000;

export function createCardUpdates(
  settings: TeamsSettings,
  ports: TeamsPorts,
  connector: Connector,
): CardUpdates {
  const known = new Map<string, Known>();
  const now = () => settings.ambient.now().getTime();

  function remember(key: string, what: Known): void {
    known.delete(key);
    known.set(key, what);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  async function write(key: string, card: StandingCard): Promise<void> {
    const before = known.get(key);
    remember(key, { ...before, at: now(), isDue: false });
    const chat = { channel: 'teams', chat: card.chat } as const;
    const shared = await ports.desk.sharedCard(chat, card.keyword, card.language);
    if (shared === undefined) return;
    const mark = shownMark(shared);
    if (mark === (before?.mark ?? card.shown)) return;
    const members = await connector.members(card.place, MOST_REFRESHED);
    const renewed = baseCard(shared, members);
    const outcome = await connector.update(
      card.place,
      card.activityId,
      cardMessage(renewed, settings.organisation),
    );
    // What was touched meanwhile has its turn already, and no second one.
    const isDue = known.get(key)?.isDue ?? false;
    if (outcome.kind === 'accepted') remember(key, { at: now(), mark, isDue });
  }

  return {
    touch: (card) => {
      const key = JSON.stringify([card.place.conversation.id, card.activityId]);
      const before = known.get(key);
      if (before?.isDue) return;
      const at = before?.at ?? Number.NEGATIVE_INFINITY;
      const wait = Math.max(0, at + settings.updateEveryMs - now());
      remember(key, { ...before, at: before?.at ?? Number.NEGATIVE_INFINITY, isDue: true });
      setTimeout(() => {
        write(key, card).catch((error: unknown) => {
          ports.log.warn('a shared card could not be renewed', { error, channel: 'teams' });
        });
      }, wait).unref();
    },
  };
}
