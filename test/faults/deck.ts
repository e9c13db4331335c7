/** Cards that are dealt until none is left and then mixed again: chance that leaves nothing out. */
import type { Chance } from './chance.ts';

export interface Deck<Card> {
  /** The next card that is allowed; those before it stay. Undefined when none of them is. */
  readonly deal: (isAllowed?: (card: Card) => boolean) => Card | undefined;
}

export function createDeck<Card>(chance: Chance, cards: readonly Card[]): Deck<Card> {
  let left = [...chance.shuffled(cards)];
  return {
    deal: (isAllowed = () => true) => {
      if (left.length === 0) left = [...chance.shuffled(cards)];
      const at = left.findIndex(isAllowed);
      return at < 0 ? undefined : left.splice(at, 1)[0];
    },
  };
}
