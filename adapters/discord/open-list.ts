/**
 * The consultations that can be joined now, as Discord asks for them at every keystroke: kept for a
 * few seconds, and given up on before Discord gives up on us.
 */
import type { OpenConsultation } from '../../src/shared-chat.ts';
import type { DiscordPorts } from './discord-ports.ts';
import { shortened } from './rows.ts';

export interface OpenList {
  /** Waits for the program. */
  readonly now: (language: string | undefined) => Promise<readonly OpenConsultation[]>;
  /** What is known in time: rather an old list, or none, than an error. */
  readonly inTime: (language: string | undefined) => Promise<readonly OpenConsultation[]>;
}

const FRESH_MS = 10_000;
const PATIENCE_MS = 1_500;

export function createOpenList({ desk, log }: Pick<DiscordPorts, 'desk' | 'log'>): OpenList {
  const kept = new Map<
    string,
    { readonly at: number; readonly list: readonly OpenConsultation[] }
  >();

  async function ask(language: string | undefined): Promise<readonly OpenConsultation[]> {
    const list = await desk.openConsultations(language);
    kept.set(language ?? '', { at: Date.now(), list });
    return list;
  }

  return {
    now: ask,
    inTime: async (language) => {
      const known = kept.get(language ?? '');
      if (known !== undefined && Date.now() - known.at < FRESH_MS) return known.list;
      const asked = ask(language).catch((error: unknown) => {
        log.warn('open consultations could not be listed', { channel: 'discord', error });
        return known?.list ?? [];
      });
      return Promise.race([asked, after(PATIENCE_MS, known?.list ?? [])]);
    },
  };
}

function after<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms).unref());
}

const MOST_CHOICES = 25;

/** Suggestions for what was typed so far: each with its promise, as far as there is room. */
export function suggestions(open: readonly OpenConsultation[], typed: string) {
  const wanted = typed.trim().toLowerCase();
  return open
    .filter(({ title, keyword }) => `${keyword} ${title}`.toLowerCase().includes(wanted))
    .slice(0, MOST_CHOICES)
    .map(({ title, promise, keyword }) => ({
      name: shortened(`${title}: ${promise}`, 100),
      value: shortened(keyword, 100),
    }));
}
