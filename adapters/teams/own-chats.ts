/**
 * The own chats of people who were only ever met in a chat of several: opened when there is first
 * something to tell them, and remembered for a while. Opening one is never taken for having told
 * them anything.
 */
import type { Connector, Opened } from './connector.ts';
import type { Opening } from './reference.ts';

export interface OwnChats {
  readonly open: (opening: Opening) => Promise<Opened>;
  /** It is gone: the next one is opened anew. */
  readonly drop: (opening: Opening) => void;
}

/** As many as are told within minutes; the oldest is forgotten first, and opened again at worst. */
const MOST_KNOWN = 5_000;

export function createOwnChats(connector: Pick<Connector, 'open'>): OwnChats {
  const known = new Map<string, Opened>();
  return {
    open: async (opening) => {
      const key = JSON.stringify(opening);
      const before = known.get(key);
      if (before !== undefined) return before;
      const opened = await connector.open(opening);
      if (opened.kind !== 'opened') return opened;
      known.set(key, opened);
      if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
      return opened;
    },
    drop: (opening) => {
      known.delete(JSON.stringify(opening));
    },
  };
}
