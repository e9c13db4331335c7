/**
 * Which channel a server has chosen, and which role may raise: asked of the program, which keeps it,
 * and remembered for a minute. Nothing is stored here.
 */
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import type { DiscordPorts } from './discord-ports.ts';
import { readReference, type ServerReference } from './server-reference.ts';

export interface ChosenChannels {
  /** Whether the program can be asked at all. */
  readonly known: boolean;
  readonly of: (serverId: string) => Promise<ServerReference | undefined>;
  /** Without asking: what is remembered, if anything is. */
  readonly remembered: (serverId: string) => ServerReference | undefined;
  readonly forget: (serverId: string) => void;
}

const FRESH_MS = 60_000;
const MOST_SERVERS = 1_000;

export function createChosenChannels({ desk }: Pick<DiscordPorts, 'desk'>): ChosenChannels {
  const kept = new Map<string, { readonly at: number; readonly chosen?: ServerReference }>();

  function fresh(serverId: string) {
    const found = kept.get(serverId);
    return found !== undefined && Date.now() - found.at < FRESH_MS ? found : undefined;
  }

  return {
    known: desk.referenceOf !== undefined,
    of: async (serverId) => {
      const found = fresh(serverId);
      if (found !== undefined) return found.chosen;
      const chosen = readReference(await desk.referenceOf?.(`${SHARED_CHAT}${serverId}`));
      if (kept.size >= MOST_SERVERS) kept.clear();
      kept.set(serverId, { at: Date.now(), ...(chosen === undefined ? {} : { chosen }) });
      return chosen;
    },
    remembered: (serverId) => fresh(serverId)?.chosen,
    forget: (serverId) => void kept.delete(serverId),
  };
}
