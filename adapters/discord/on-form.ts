/** A form that was sent: words for a question, or an issue for everyone. Words come in cleaned. */
import { cleanText } from '../../src/platform/clean-text.ts';
import type { BotParts } from './bot-parts.ts';
import { readCustomId } from './custom-id.ts';
import type { InServer } from './in-server.ts';
import type { Interaction } from './interaction.ts';
import { answer, notUnderstood } from './on-component.ts';
import { writtenIn } from './read-parts.ts';

/** Longer than any question allows: what is too long for one is said in the reply, not cut here. */
export const MOST_TEXT = 10_000;

export async function onForm(
  parts: BotParts,
  inServer: InServer,
  interaction: Interaction,
): Promise<void> {
  const form = readCustomId(interaction.data.custom_id ?? '');
  const written = writtenIn(interaction.data.components);
  const text = written === undefined ? undefined : cleanText(written, MOST_TEXT);
  if (text !== undefined && form?.kind === 'written') {
    const { step, revision } = form;
    return answer(parts, interaction, { kind: 'text', text, target: { step, revision } });
  }
  if (text !== undefined && form?.kind === 'raise') return inServer.raise(interaction, text);
  return notUnderstood(parts, interaction);
}
