/** The officer's own examples: there are some, and they speak of steps that exist. */
import { didYouMean } from '../did-you-mean.ts';
import { error, type Finding, onKey, type Rule, warning } from './subject.ts';

export const testsThatExist: Rule = ({ document }) =>
  (document.tests ?? []).length === 0
    ? [
        onKey(
          warning(
            ['tests'],
            'There are no tests. Write down what a person may say, and where it should end.',
          ),
        ),
      ]
    : [];

export const testsOfThisFlow: Rule = ({ document, kinds }) => {
  const found: Finding[] = [];
  const asked = [...kinds.keys(), ...(document.about_you ?? [])];
  for (const [place, { language, expect }] of (document.tests ?? []).entries()) {
    const path = ['tests', place];
    if (language !== undefined && !document.languages.includes(language)) {
      const likely = didYouMean(language, document.languages);
      found.push(error([...path, 'language'], `The flow has no language "${language}".${likely}`));
    }
    for (const [name, value] of Object.entries(expect)) {
      const question = name.startsWith('answers.') ? name.slice('answers.'.length) : undefined;
      if (question !== undefined && !asked.includes(question)) {
        const message = `There is no question called "${question}".${didYouMean(question, asked)}`;
        found.push(onKey(error([...path, 'expect', name], message)));
      }
      if (
        name === 'ended_at' &&
        typeof value === 'string' &&
        !Object.hasOwn(document.steps, value)
      ) {
        const likely = didYouMean(value, Object.keys(document.steps));
        found.push(
          error([...path, 'expect', name], `There is no step called "${value}".${likely}`),
        );
      }
    }
  }
  return found;
};
