/** The card that answers a tap, made of a reply. What cannot be shown was not handed over. */
import type { Receipt } from '../../src/channel.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import type { Card } from './card-json.ts';
import type { Answer } from './teams-parts.ts';

export function cardAnswer(
  receipt: Extract<Receipt, { readonly kind: 'reply' }>,
  render: (prompts: readonly Prompt[]) => Card,
): Answer {
  try {
    return { kind: 'card', card: render(receipt.prompts), receipt };
  } catch (error) {
    receipt.notHandedOver();
    throw error;
  }
}
