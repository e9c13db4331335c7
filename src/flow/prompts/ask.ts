/**
 * The prompt that asks the question a conversation stands at: the first time, again, after a miss,
 * or as "did you mean". It says the same to everybody at that place.
 */
import type { Question } from '../flow.ts';
import type { Prompt } from '../prompt.ts';
import { openQuestion, type Scene } from '../turns/scene.ts';
import { joinedByOr, type QuestionTexts } from './question-texts.ts';

export interface Before {
  /** An acknowledgement, an apology. */
  readonly lead?: string;
  /** Offers BACK after the lead. */
  readonly leadHint?: string;
  /** After a miss: SKIP and BACK are offered by name, and the question is not counted again. */
  readonly missed?: boolean;
}

const NOTHING_BEFORE: Before = {};

/** The question that waits in this scene. Nothing where none does. */
export function ask(scene: Scene, before: Before = NOTHING_BEFORE): readonly Prompt[] {
  const question = openQuestion(scene);
  return question === undefined ? [] : [questionPrompt(scene, question, before)];
}

export function questionPrompt(scene: Scene, question: Question, before: Before): Prompt {
  const { state, context, table } = scene;
  const { texts } = table.question(question);
  const first = state.path.length === 0;
  return {
    lead: before.lead,
    leadHint: before.leadHint,
    text: before.missed ? texts.text : counted(scene, question, texts),
    hint: first || before.missed ? texts.hint.first : texts.hint.later,
    hintFollowsOn: !listed(texts),
    input: texts.input,
    keys: first ? texts.keys.first : texts.keys.later,
    target: { step: question.id, revision: context.revision },
    language: state.language,
  };
}

function listed({ input, layout }: QuestionTexts): boolean {
  return input.kind === 'many' || (input.kind === 'one' && layout === 'list');
}

/** A consent is no question of the consultation: it is not counted. */
function counted(
  { flow, state, table }: Scene,
  question: Question,
  { text }: QuestionTexts,
): string {
  if (flow.asksConsent && question.id === flow.start) return text;
  const before = state.path.length;
  const total = question.longest === undefined ? undefined : before + question.longest;
  const progress = table.progress(before + 1, total);
  return progress === '' ? text : `${progress} ${text}`;
}

/** "Nearly! Did you mean 1 Skate ramp or 2 Path lights? Text 1 or 2." */
export function didYouMean(
  scene: Scene,
  question: Question,
  near: { readonly options: readonly number[]; readonly together: boolean },
): Prompt {
  const { flow, state, context, table } = scene;
  const { texts } = table.question(question);
  const typed = state.channel === 'sms';
  const numbered = typed && texts.layout === 'list';
  const options = near.options.flatMap((place) => texts.options[place] ?? []);
  const named = near.options.map((place) => {
    const label = texts.options[place]?.label ?? '';
    return numbered ? `${place + 1} ${label}` : label;
  });
  const join = (items: readonly string[]): string =>
    near.together ? joinedByAnd(scene, items) : joinedByOr(flow.words, state.language, items);
  const numbers = near.options.map((place) => String(place + 1));
  const reply = near.together
    ? numbers.join(' ')
    : joinedByOr(flow.words, state.language, numbered ? numbers : named);
  return {
    text: flow.words.say('nearly', state.language, { options: join(named) }),
    hint: flow.words.say('nearly_hint', state.language, { numbers: reply }),
    hintFollowsOn: true,
    input:
      texts.input.kind === 'many' && !typed ? texts.input : { kind: 'one', options, layout: 'row' },
    keys: texts.keys.later,
    target: { step: question.id, revision: context.revision },
    language: state.language,
  };
}

function joinedByAnd({ flow, state }: Scene, items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return flow.words.say('and_join', state.language, { list: items.slice(0, -1).join(', '), last });
}
