/** One question by itself, with its table, for testing what replies to it mean. */
import type { Flow, Question } from '../../../src/flow/flow.ts';
import { textsFor } from '../../../src/flow/flow-tables.ts';
import { beginConversation } from '../../../src/flow/state-begin.ts';
import { understand } from '../../../src/flow/understand/understand.ts';
import type { Understood } from '../../../src/flow/understand/understood.ts';
import type { AnswerValue } from '../../../src/flow/values.ts';
import { flowFrom } from './park.ts';

export interface Asked {
  readonly flow: Flow;
  readonly question: Question;
  readonly reply: (text: string) => Understood;
  /** The answer, or `['?', ...ids]` for "did you mean", or why not. */
  readonly means: (text: string) => AnswerValue | undefined;
}

/** `step` in YAML, indented by nothing: `ask: choose_one` and so on; text is added. */
export function asked(step: string, languages: readonly string[] = ['en']): Asked {
  const text = languages.map((code) => `${code}: Question`).join(', ');
  const indented = step.trim().replace(/^/gm, '    ');
  const flow = flowFrom(`
flow: one-question
version: 1
title: { ${text} }
languages: [${languages.join(', ')}]
start: it
steps:
  it:
    text: { ${text} }
${indented}
    next: bye
  bye:
    say: { ${text} }
`);
  const question = flow.steps.get('it');
  if (question?.type !== 'question') throw new Error('not a question');
  const { options } = textsFor(
    flow,
    beginConversation(flow, { channel: 'sms', language: languages[0] ?? 'en' }),
  ).question(question);
  const reply = (said: string): Understood => understand(question, options, said);
  return { flow, question, reply, means: (said) => meaning(question, reply(said)) };
}

function meaning(question: Question, understood: Understood): AnswerValue | undefined {
  switch (understood.kind) {
    case 'answer':
      return understood.value;
    case 'nearly': {
      const ids = understood.options.map((place) => question.options[place]?.id ?? '');
      return [understood.together ? '?all' : '?', ...ids];
    }
    case 'not-allowed':
      return understood.why;
    case 'missed':
      return undefined;
  }
}
