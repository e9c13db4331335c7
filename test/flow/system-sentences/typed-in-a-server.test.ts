/** In a Discord server nothing can be typed to Heard: what is said there names no word to type. */
import { expect, it } from 'vitest';
import { formFor } from '../../../src/flow/channel-form.ts';
import { recogniseCommand } from '../../../src/flow/commands.ts';
import { words } from '../../support/checked-flow.ts';

/** Said in reply to a button or a slash command. */
it.each(['help', 'help_idle', 'busy_elsewhere', 'idle', 'nothing_open', 'stopped', 'done'])(
  '%s names only buttons and slash commands',
  (name) => {
    for (const language of words.languages) {
      const text = words.say(formFor(words, 'discord', name), language);
      const capitals = text.replaceAll('SHOUT', '').match(/(?<!\p{L})\p{Lu}{3,}(?!\p{L})/gu) ?? [];
      const typed = capitals.filter((word) => recogniseCommand(word, words.vocabulary));
      expect([language, typed]).toEqual([language, []]);
    }
  },
);

it('what the button for a safe adult says is understood when it is typed', () => {
  for (const language of words.languages) {
    const label = words.say('label_me', language);
    expect([label, recogniseCommand(label, words.vocabulary)?.command]).toEqual([label, 'me']);
  }
});
