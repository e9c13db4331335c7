/** Options that can be told apart, and whose names are no commands. */
import { commandTable, recogniseCommand } from '../commands.ts';
import { isQuestion, type QuestionDocument } from '../document.ts';
import type { OptionDocument } from '../document-text.ts';
import { fold } from '../fold.ts';
import type { Path } from '../read-yaml.ts';
import type { Words } from '../words.ts';
import { error, type Finding, type Rule, type Subject, warning } from './subject.ts';

type Options = Readonly<Record<string, OptionDocument>>;

/** The provider acts on these itself, before a text ever reaches us. */
const PROVIDER_WORDS = new Set(
  [
    'stop',
    'stopall',
    'unsubscribe',
    'cancel',
    'end',
    'quit',
    'optout',
    'revoke',
    'help',
    'info',
  ].concat(['start', 'unstop']),
);

function* optionLists({
  document,
}: Subject): Generator<readonly [Path, Options, QuestionDocument?]> {
  for (const [id, step] of Object.entries(document.steps)) {
    if (!isQuestion(step)) continue;
    if ('options' in step) yield [['steps', id, 'options'], step.options, step];
    if (step.ask === 'place' && typeof step.places === 'object') {
      yield [['steps', id, 'places'], step.places, step];
    }
  }
  if (typeof document.areas === 'object') yield [['areas'], document.areas];
}

interface Name {
  readonly option: string;
  readonly place: number;
  readonly language: string;
  readonly said: string;
  readonly path: Path;
}

/** All that an option answers to: its labels and its aliases. */
function* namesOf(path: Path, options: Options): Generator<Name> {
  for (const [place, [option, { label, aliases }]] of Object.entries(options).entries()) {
    for (const [language, said] of Object.entries(label)) {
      yield { option, place, language, said, path: [...path, option, 'label', language] };
    }
    for (const [language, list] of Object.entries(aliases ?? {})) {
      for (const [at, said] of list.entries()) {
        yield { option, place, language, said, path: [...path, option, 'aliases', language, at] };
      }
    }
  }
}

export const labelsThatAreNoCommands: Rule = (subject) => {
  const found: Finding[] = [];
  for (const [path, options] of optionLists(subject)) {
    for (const name of namesOf(path, options)) {
      const command = commandFor(name.said, subject.words);
      if (command === undefined) continue;
      const message = `"${name.said}" cannot name an option: whoever types it asks for ${command}. Choose another word.`;
      found.push(error(name.path, message));
    }
  }
  return found;
};

/** The command that the label would be taken for; a yes is an answer, also where it means GO. */
function commandFor(label: string, words: Words): string | undefined {
  const folded = fold(label);
  const command = recogniseCommand(label, words.vocabulary)?.command;
  if (command === 'go') return isYes(folded, words) ? undefined : 'GO';
  if (command !== undefined) return command.toUpperCase();
  return PROVIDER_WORDS.has(folded.replaceAll(' ', '')) ? 'STOP or HELP' : undefined;
}

function isYes(folded: string, { vocabulary }: Words): boolean {
  return Object.values(vocabulary.lists.yes_words ?? {}).some((list) =>
    list.some((word) => fold(word) === folded),
  );
}

export const keywordThatIsNoCommand: Rule = ({ document, words }) => {
  if (document.keyword === undefined) return [];
  const word = fold(document.keyword);
  const isCommand = commandTable(words.vocabulary).phrases.has(word) || PROVIDER_WORDS.has(word);
  return isCommand
    ? [error(['keyword'], `"${document.keyword}" is a command already. Choose another keyword.`)]
    : [];
};

export const optionsThatDiffer: Rule = (subject) => {
  const found: Finding[] = [];
  for (const [path, options] of optionLists(subject)) {
    const seen = new Map<string, Name>();
    const count = Object.keys(options).length;
    for (const name of namesOf(path, options)) {
      const folded = fold(name.said);
      if (name.said !== '' && folded === '') {
        found.push(
          error(name.path, `"${name.said}" cannot be typed: it has neither letters nor numbers.`),
        );
        continue;
      }
      const key = `${name.language} ${folded}`;
      const other = seen.get(key);
      if (folded !== '' && other !== undefined && other.option !== name.option) {
        const message = `"${name.said}" and "${other.said}" read the same: nobody could tell "${name.option}" from "${other.option}".`;
        found.push(error(name.path, message));
      } else seen.set(key, name);
      const number = /^\d+$/.test(folded) ? Number(folded) : 0;
      if (number > 0 && number <= count && number !== name.place + 1) {
        const message = `"${name.said}" is also the number of another option. Write it in words.`;
        found.push(warning(name.path, message));
      }
    }
  }
  return found;
};

export const enoughOptions: Rule = (subject) => {
  const found: Finding[] = [];
  for (const [path, options, step] of optionLists(subject)) {
    const count = Object.keys(options).length;
    if (count === 0) found.push(error(path, 'There is nothing to choose from.'));
    else if (count === 1 && step) found.push(warning(path, 'There is only one thing to choose.'));
    const most = step?.ask === 'choose_many' ? step.max_choices : undefined;
    const places = step?.ask === 'rank' ? step.rank : undefined;
    if (most !== undefined && most > count) {
      found.push(warning([...path.slice(0, 2), 'max_choices'], `There are only ${count} options.`));
    }
    if (places !== undefined && places > count) {
      found.push(warning([...path.slice(0, 2), 'rank'], `There are only ${count} options.`));
    }
  }
  return found;
};
