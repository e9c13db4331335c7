/** A prompt as text messages: options numbered, long texts parted, and what they cost in parts. */
import { numberedText } from '../../src/flow/numbered-text.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import { smsParts } from '../../src/flow/sms-parts.ts';
import { splitMessage } from '../split-message.ts';

/** On a webhook's response: each prompt as one message, or as several where it is too long. */
export function smsMessages(prompts: readonly Prompt[]): readonly string[] {
  return prompts.flatMap((prompt) => splitMessage(numberedText(prompt)));
}

/** By the REST API, where each message is a request of its own: everything in as few as it fits. */
export function outboundMessages(prompts: readonly Prompt[]): readonly string[] {
  return splitMessage(prompts.map(numberedText).join('\n\n'));
}

export function partsOf(messages: readonly string[]): number {
  return messages.reduce((sum, message) => sum + smsParts(message), 0);
}
