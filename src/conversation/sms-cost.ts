/** What prompts cost by text message, also where no provider is set up yet. */
import { numberedText } from '../flow/numbered-text.ts';
import type { Prompt } from '../flow/prompt.ts';
import { smsParts } from '../flow/sms-parts.ts';
import type { World } from './world.ts';

export function smsCost({ channels }: World, prompts: readonly Prompt[]): number {
  return channels.get('sms')?.cost(prompts) ?? smsParts(prompts.map(numberedText).join('\n\n'));
}
