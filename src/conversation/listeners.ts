/**
 * Open web pages that want to know when something was said to their person. What is passed around
 * is the person's opaque id and nothing that was said; each page then asks for itself.
 */
export interface Listeners {
  /** The person is looked up once, when the page opens. Returns how to stop listening. */
  readonly add: (person: () => Promise<string | undefined>, listener: () => void) => () => void;
  readonly tell: (personId: string) => void;
  /** Something may have been missed: everybody looks again. */
  readonly tellAll: () => void;
}

export function createListeners(): Listeners {
  const open = new Map<string, Set<() => void>>();
  return {
    add(person, listener) {
      let stopped = false;
      let leave: (() => void) | undefined;
      const enter = async (): Promise<void> => {
        const id = await person();
        if (id === undefined || stopped) return;
        const here = open.get(id) ?? new Set();
        here.add(listener);
        open.set(id, here);
        leave = () => {
          here.delete(listener);
          if (here.size === 0) open.delete(id);
        };
      };
      // A page that cannot be found hears nothing and still works by its forms.
      enter().catch(() => undefined);
      return () => {
        stopped = true;
        leave?.();
      };
    },
    tell(personId) {
      for (const listener of open.get(personId) ?? []) listener();
    },
    tellAll() {
      for (const listeners of open.values()) for (const listener of listeners) listener();
    },
  };
}
