/** What the one reminder to somebody who was invited and is silent says. */
import { textIn } from '../feedback/broadcasts.ts';
import type { Flow } from '../flow/flow.ts';
import type { Prompt } from '../flow/prompt.ts';
import { statement } from './say.ts';
import type { World } from './world.ts';

export function reminderText(
  { words }: World,
  flow: Flow,
  theirs: string | undefined,
): readonly Prompt[] {
  const language = theirs ?? flow.languages[0] ?? 'en';
  const text = words.say('reminder', language, {
    name: textIn(flow.quietName, language),
    keyword: flow.keyword,
  });
  return [statement(text, language)];
}
