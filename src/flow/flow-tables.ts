/**
 * What a flow's turns look things up in, made once for a flow and a language and kept for as long as
 * the flow is: a turn's cost must not depend on how long the flow is. Nothing of a person is in it.
 */
import type { SpokenOn } from './channel-form.ts';
import { type CommandTable, commandTable, withStopAt } from './commands.ts';
import type { Flow, Question } from './flow.ts';
import { isNumbered, type QuestionTexts, questionTexts } from './prompts/question-texts.ts';
import type { ConversationState } from './state.ts';
import { type OptionTable, optionTable } from './understand/option-table.ts';
import { type SpokenWords, spokenWords } from './understand/spoken-words.ts';

export interface QuestionTable {
  readonly texts: QuestionTexts;
  readonly options: OptionTable;
}

export interface LanguageTable {
  readonly words: SpokenWords;
  readonly commands: CommandTable;
  readonly question: (question: Question) => QuestionTable;
  /** "1 of 2.", or "Question 1." where the way to the end is not known. */
  readonly progress: (n: number, total: number | undefined) => string;
  /** What `make` gives, made once: texts that say the same to everybody in this language. */
  readonly once: (name: string, make: () => string) => string;
}

type FlowTables = Readonly<Record<SpokenOn, Map<string, LanguageTable>>>;

const tables = new WeakMap<Flow, FlowTables>();

/** The table of the language and the channel that a conversation is on. */
export function textsFor(flow: Flow, { language, channel }: ConversationState): LanguageTable {
  let known = tables.get(flow);
  if (known === undefined) {
    known = { sms: new Map(), web: new Map(), discord: new Map(), teams: new Map() };
    tables.set(flow, known);
  }
  let table = known[channel].get(language);
  if (table === undefined) {
    table = makeTable(flow, language, channel);
    known[channel].set(language, table);
  }
  return table;
}

function makeTable(flow: Flow, language: string, channel: SpokenOn): LanguageTable {
  const languages = [language, ...flow.languages.filter((one) => one !== language)];
  const words = spokenWords(flow.words.vocabulary, languages);
  const questions = new Map<string, QuestionTable>();
  return {
    words,
    commands: withStopAt(flow.keyword, commandTable(flow.words.vocabulary)),
    question: (question) => {
      let table = questions.get(question.id);
      if (table === undefined) {
        table = {
          texts: questionTexts(flow, question, language, channel),
          options: optionTable(question, languages, words, isNumbered(question)),
        };
        questions.set(question.id, table);
      }
      return table;
    },
    progress: progressIn(flow, language),
    once: keptTexts(),
  };
}

function keptTexts(): LanguageTable['once'] {
  const texts = new Map<string, string>();
  return (name, make) => {
    let text = texts.get(name);
    if (text === undefined) {
      text = make();
      if (texts.size < MOST_KEPT) texts.set(name, text);
    }
    return text;
  };
}

const MOST_KEPT = 2_000;

function progressIn(flow: Flow, language: string): LanguageTable['progress'] {
  const said = new Map<number, string>();
  return (n, total) => {
    const key = n * 10_000 + (total ?? 0);
    let text = said.get(key);
    if (text === undefined) {
      text = sayProgress(flow, language, n, total);
      if (said.size < MOST_KEPT) said.set(key, text);
    }
    return text;
  };
}

/** A flow of one question needs no counting. */
function sayProgress(flow: Flow, language: string, n: number, total: number | undefined): string {
  if (total === undefined) return flow.words.say('progress_open', language, { n: String(n) });
  if (total < 2) return '';
  return flow.words.say('progress', language, { n: String(n), total: String(total) });
}
