/**
 * All that is said about one question in one language, put together once: its text, its options,
 * how to answer it and the acknowledgement of each option. A turn only picks from it.
 */
import { formFor, type SpokenOn } from '../channel-form.ts';
import type { Flow, Question } from '../flow.ts';
import type { CommandKey, PromptInput, PromptOption } from '../prompt.ts';
import { inLanguage } from './sentence.ts';

export interface QuestionTexts {
  readonly text: string;
  readonly input: PromptInput;
  readonly options: readonly PromptOption[];
  readonly layout: 'list' | 'row';
  /** How to answer; with SKIP and BACK for the first question and after a miss. */
  readonly hint: { readonly first?: string; readonly later?: string };
  readonly keys: { readonly first: readonly CommandKey[]; readonly later: readonly CommandKey[] };
  /** "Skate ramp, got it.", by the option's place. */
  readonly gotIt: readonly string[];
  readonly gotItHint: string;
  readonly sorry: string;
}

/** Longer lists of places are never read out: a person types the name. */
const LONGEST_LIST = 10;

export function isNumbered(question: Question): boolean {
  if (question.kind === 'yes_no') return false;
  return question.kind !== 'place' || question.options.length <= LONGEST_LIST;
}

export function questionTexts(
  flow: Flow,
  question: Question,
  language: string,
  channel: SpokenOn,
): QuestionTexts {
  // By text message there are no buttons, and every letter costs.
  const typed = channel === 'sms';
  const say = (name: string, values?: Record<string, string>): string =>
    flow.words.say(formFor(flow.words, channel, name), language, values);
  const options = question.options.map((option, place) => ({
    id: option.id,
    label: labelOf(flow, question, place, language, typed),
  }));
  const layout = layoutOf(question, typed);
  const text = inLanguage(flow, question.text, language);
  return {
    text: question.kind === 'text' ? `${text} ${say('no_names')}` : text,
    input: inputOf(flow, question, { options, layout, language }),
    options,
    layout,
    hint: hintsOf(flow, question, language),
    keys: keysOf(flow, question, language),
    gotIt: question.options.map((option) =>
      say('got_it', { answer: inLanguage(flow, option.label, language) }),
    ),
    gotItHint: say('got_it_hint'),
    sorry: question.sorry ? inLanguage(flow, question.sorry, language) : say(sorryFor(question)),
  };
}

const FACES = ['😢', '🙁', '😐', '🙂', '😀'];

/** A face costs a text message half its room, so it is shown only where there are buttons. */
function labelOf(
  flow: Flow,
  question: Question,
  place: number,
  language: string,
  typed: boolean,
): string {
  const label = inLanguage(flow, question.options[place]?.label ?? {}, language);
  return question.scale?.faces === true && !typed ? `${FACES[place] ?? ''} ${label}`.trim() : label;
}

function layoutOf(question: Question, typed: boolean): 'list' | 'row' {
  if (question.kind === 'yes_no') return 'row';
  if (question.kind === 'scale') return question.scale?.faces === true && typed ? 'list' : 'row';
  return isNumbered(question) ? 'list' : 'row';
}

interface Shown {
  readonly options: readonly PromptOption[];
  readonly layout: 'list' | 'row';
  readonly language: string;
}

function inputOf(
  flow: Flow,
  question: Question,
  { options, layout, language }: Shown,
): PromptInput {
  switch (question.kind) {
    case 'choose_many':
      return { kind: 'many', options, max: question.max, ordered: false };
    case 'rank':
      return { kind: 'many', options, max: question.max, ordered: true };
    case 'number':
      return { kind: 'number', ...question.bounds };
    case 'text':
      return { kind: 'text', maxLength: question.maxLength };
    default: {
      const { low, high } = question.scale ?? {};
      if (low === undefined || high === undefined) return { kind: 'one', options, layout };
      const ends = { low: inLanguage(flow, low, language), high: inLanguage(flow, high, language) };
      return { kind: 'one', options, layout, ends };
    }
  }
}

function hintsOf(flow: Flow, question: Question, language: string): QuestionTexts['hint'] {
  const how = howToAnswer(flow, question, language);
  if (!question.skippable) return how === undefined ? {} : { first: how, later: how };
  const open = question.kind === 'text' || how === undefined;
  const first = flow.words.say(open ? 'hint_text_skip' : 'hint_skip_back', language);
  const later = flow.words.say(open ? 'hint_text_skip' : 'hint_skip', language);
  return how === undefined
    ? { first, later }
    : { first: `${how} ${first}`, later: `${how} ${later}` };
}

function howToAnswer(flow: Flow, question: Question, language: string): string | undefined {
  const { words } = flow;
  const last = String(question.options.length);
  const max = String(question.max);
  switch (question.kind) {
    case 'yes_no':
      return words.say('hint_yes_no', language);
    case 'choose_one':
    case 'place':
      return isNumbered(question)
        ? numbersHint(flow, question.options.length, language)
        : undefined;
    case 'choose_many':
      return question.max === 1
        ? numbersHint(flow, question.options.length, language)
        : words.say('hint_many', language, { max });
    case 'rank':
      return words.say('hint_rank', language, { max, example: exampleRanking(question.max) });
    case 'scale': {
      const { low, high } = question.scale ?? {};
      if (low === undefined || high === undefined)
        return words.say('hint_range', language, { first: '1', last });
      const ends = { low: inLanguage(flow, low, language), high: inLanguage(flow, high, language) };
      return words.say('hint_scale', language, { last, ...ends });
    }
    case 'number':
      return words.say('hint_number', language);
    case 'text':
      return undefined;
  }
}

/** An order that is nobody's likely answer read off: the middle first, "2 3 1". */
function exampleRanking(places: number): string {
  const numbers = Array.from({ length: places }, (_, at) => String(at + 1));
  return [...numbers.slice(1), ...numbers.slice(0, 1)].join(' ');
}

const MOST_SPELT_OUT = 4;

function numbersHint({ words }: Flow, count: number, language: string): string {
  if (count > MOST_SPELT_OUT) {
    return words.say('hint_range', language, { first: '1', last: String(count) });
  }
  const numbers = Array.from({ length: count }, (_, at) => String(at + 1));
  return words.say('hint_options', language, { options: joinedByOr(words, language, numbers) });
}

export function joinedByOr(
  words: Flow['words'],
  language: string,
  items: readonly string[],
): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return words.say('or_join', language, { list: items.slice(0, -1).join(', '), last });
}

function keysOf(flow: Flow, question: Question, language: string): QuestionTexts['keys'] {
  const key = (command: 'skip' | 'back' | 'easy' | 'help'): CommandKey => ({
    command,
    label: flow.words.say(`label_${command}`, language),
  });
  const skip = question.skippable ? [key('skip')] : [];
  const easy = easyVariant(flow, language) === undefined ? [] : [key('easy')];
  const help = [...easy, key('help')];
  return { first: [...skip, ...help], later: [...skip, key('back'), ...help] };
}

/** The easy words that the flow offers beside this language, unless they are on already. */
export function easyVariant(flow: Flow, language: string): string | undefined {
  if (language.endsWith('-easy')) return undefined;
  const own = `${language.split('-')[0]}-easy`;
  return flow.languages.includes(own) ? own : undefined;
}

function sorryFor(question: Question): string {
  switch (question.kind) {
    case 'yes_no':
      return 'sorry_yes_no';
    case 'number':
      return 'sorry_number';
    case 'text':
      return 'sorry_text_empty';
    default:
      return isNumbered(question) ? 'sorry_options' : 'sorry';
  }
}
