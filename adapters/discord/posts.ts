/** What everyone in a server may see, as Discord messages: statements, cards and issues. */
import type { Post, SharedCard } from '../../src/shared-chat.ts';
import { customId } from './custom-id.ts';
import { plainWords } from './plain-words.ts';
import { asMessages, type DiscordMessage } from './render.ts';
import { button, type Row, rowsOfButtons } from './rows.ts';

export function messagesOf(post: Post): readonly DiscordMessage[] {
  switch (post.kind) {
    case 'statement':
      return asMessages(plainWords(post.text), []);
    case 'consultation':
      return asMessages(cardWords(post.card), answerRow(post.card));
    case 'issue': {
      const { id, text, back } = post.issue;
      const rows =
        back === undefined ? [] : [button(back, customId({ kind: 'back', issue: id }), 1)];
      return asMessages(plainWords(text), rowsOfButtons(rows));
    }
  }
}

function cardWords({ title, promise, progress, results }: SharedCard): string {
  return [`**${plainWords(title)}**`, ...[promise, progress, ...results].map(plainWords)]
    .filter((line) => line !== '')
    .join('\n');
}

function answerRow({ answer, keyword, language }: SharedCard): readonly Row[] {
  return answer === undefined
    ? []
    : rowsOfButtons([button(answer, customId({ kind: 'join', keyword, card: language }), 1)]);
}
