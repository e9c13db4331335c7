/** The forms that open for words: an answer to a question, and an issue that everyone will see. */
import { LONGEST_ISSUE } from '../../src/shared-chat.ts';
import { customId, type Target } from './custom-id.ts';
import type { Say } from './discord-options.ts';
import { shortened } from './rows.ts';

const MODAL = 9;
const LONGEST_TITLE = 45;

export interface AnswerForm extends Target {
  readonly form: 'text' | 'number';
  readonly longest: number;
  /** What the button said that opens it. */
  readonly title: string;
  /** The question, as its message shows it. */
  readonly question: string;
}

export function answerForm({ step, revision, form, longest, title, question }: AnswerForm) {
  const label = shortened(title, LONGEST_TITLE);
  const text = shortened(question, 2_000);
  return modal(customId({ kind: 'written', step, revision }), label, [
    ...(text === '' ? [] : [{ type: 10, content: text }]),
    field(label, {
      style: form === 'text' ? 2 : 1,
      max_length: Math.min(Math.max(longest, 1), 4_000),
    }),
  ]);
}

/** Its title says who will see it, before a word is written. */
export function raiseForm(say: Say, language: string) {
  return modal(customId({ kind: 'raise' }), say('discord_raise_title', language), [
    { type: 10, content: say('discord_raise_note', language) },
    field(say('discord_raise_label', language), { style: 2, max_length: LONGEST_ISSUE }),
  ]);
}

function modal(custom_id: string, title: string, components: readonly object[]) {
  return { type: MODAL, data: { custom_id, title: shortened(title, LONGEST_TITLE), components } };
}

function field(label: string, input: { readonly style: 1 | 2; readonly max_length: number }) {
  const component = { type: 4, custom_id: 'words', required: true, ...input };
  return { type: 18, label: shortened(label, LONGEST_TITLE), component };
}
