/**
 * What a run leaves to chance comes from its seed. So the plan replays, the people and what they say,
 * and the choices of each actor: every phone, call, report and mishap draws from a stream named after
 * it, whoever else is about. How fast processes are does not replay, nor what hangs on it: which call
 * a card from a deck falls to, which machine is up when a webhook is brought, who wins a race.
 */
export interface Chance {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, `below`. */
  readonly below: (below: number) => number;
  readonly happens: (probability: number) => boolean;
  readonly pick: <One>(from: readonly One[]) => One;
  readonly shuffled: <One>(from: readonly One[]) => readonly One[];
  /** A stream of its own: what one actor draws does not move what the others get. */
  readonly apart: (name: string) => Chance;
  /** Streams of their own for everything that one and the same actor does, in its order. */
  readonly inTurn: (name: string) => Chance;
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const turns = new Map<string, number>();
  const apart = (name: string): Chance =>
    chanceFrom([...name].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), seed));
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (from) => {
      const one = from[below(from.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
    shuffled: (from) => {
      const all = [...from];
      for (let at = all.length - 1; at > 0; at--) {
        const other = below(at + 1);
        const [one, two] = [all[at], all[other]];
        if (one === undefined || two === undefined) continue;
        all[at] = two;
        all[other] = one;
      }
      return all;
    },
    apart,
    inTurn: (name) => {
      const turn = (turns.get(name) ?? 0) + 1;
      turns.set(name, turn);
      return apart(`${name}, ${turn}`);
    },
  };
}

/** The provider's name for a message. */
export function sidFrom(chance: Chance): string {
  const signs = Array.from({ length: 32 }, () => chance.below(16).toString(16));
  return `SM${signs.join('')}`;
}
