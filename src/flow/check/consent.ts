/** `consent` is a question of its own kind; and nobody is made to answer any other. */
import { isQuestion } from '../document.ts';
import { error, type Finding, onKey, type Rule, warning } from './subject.ts';

export const consentComesFirst: Rule = ({ document }) => {
  const consent = document.steps.consent;
  if (consent === undefined) return [];
  const path = ['steps', 'consent'];
  if (!isQuestion(consent) || consent.ask !== 'yes_no') {
    return [
      onKey(error(path, '"consent" must be a yes_no question. Give this step another name.')),
    ];
  }
  const found: Finding[] = [];
  if (document.start !== 'consent') {
    found.push(error(['start'], 'The step "consent" must come first: write start: consent.'));
  }
  if (consent.skippable === true) {
    found.push(error([...path, 'skippable'], 'A consent cannot be skipped. Take this line away.'));
  }
  return found;
};

export const everyQuestionCanBeRefused: Rule = ({ document }) => {
  const found: Finding[] = [];
  for (const [id, step] of Object.entries(document.steps)) {
    if (id === 'consent' || !isQuestion(step)) continue;
    if (step.skippable !== false || step.on_failure !== undefined) continue;
    const message = `"${id}" cannot be skipped. Let people skip it, or say with "on_failure" where to go when they do not answer.`;
    found.push(warning(['steps', id, 'skippable'], message));
  }
  return found;
};
