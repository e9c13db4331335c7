/** Gives every name a number, in the order in which the names first come. */
export interface Numbers {
  readonly numberOf: (name: string) => number;
  /** -1 for a name that has none. */
  readonly find: (name: string) => number;
  readonly names: () => readonly string[];
}

export function newNumbers(): Numbers {
  const numbers = new Map<string, number>();
  return {
    numberOf: (name) => {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, numbers.size);
      return numbers.size - 1;
    },
    find: (name) => numbers.get(name) ?? -1,
    names: () => [...numbers.keys()],
  };
}
