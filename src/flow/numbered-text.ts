/**
 * A prompt as plain text, for channels without buttons: options are numbered, how to answer stands
 * at the end. Every such channel says it in these words and no other; it must never add any.
 */
import type { Prompt, PromptInput } from './prompt.ts';

export function numberedText(prompt: Prompt): string {
  let text = '';
  if (prompt.lead !== undefined) {
    text = prompt.leadHint === undefined ? prompt.lead : `${prompt.lead} ${prompt.leadHint}`;
    if (prompt.text !== '') text += '\n';
  }
  text += prompt.text;
  text += numbered(prompt.input);
  if (prompt.hint === undefined || prompt.hint === '') return text;
  if (text === '') return prompt.hint;
  return text + (prompt.hintFollowsOn === true ? ' ' : '\n') + prompt.hint;
}

/** A row of options (yes and no, a scale) is named by the question or the hint, not listed. */
function numbered(input: PromptInput): string {
  const isListed = input.kind === 'many' || (input.kind === 'one' && input.layout === 'list');
  if (!isListed) return '';
  let lines = '';
  let number = 0;
  for (const option of input.options) {
    number += 1;
    lines += `\n${number} ${option.label}`;
  }
  return lines;
}
