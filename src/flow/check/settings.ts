/** The settings at the head of a flow, and the few of a step that must fit together. */
import { isQuestion } from '../document.ts';
import { durationMs, WEEK_MS } from '../duration.ts';
import { error, type Finding, onKey, type Rule, warning } from './subject.ts';

export const languagesThatAreSpoken: Rule = ({ document, words }) => {
  const found: Finding[] = [];
  for (const [place, language] of document.languages.entries()) {
    if (document.languages.indexOf(language) !== place) {
      found.push(error(['languages', place], `"${language}" stands here twice.`));
    } else if (!words.languages.includes(language)) {
      const message = `The program's own sentences are not written in "${language}": people read those in English.`;
      found.push(warning(['languages', place], message));
    }
  }
  return found;
};

export const agesInOrder: Rule = ({ document }) => {
  const { ages } = document;
  return ages !== undefined && ages[0] > ages[1]
    ? [error(['ages'], 'Write the youngest age first.')]
    : [];
};

export const timesThatFit: Rule = ({ document }) => {
  const found: Finding[] = [];
  const expires =
    document.expires_after === undefined ? WEEK_MS : durationMs(document.expires_after);
  if (expires > WEEK_MS) {
    const message = 'Nothing is kept longer than 7 days without an answer: it will expire then.';
    found.push(warning(['expires_after'], message));
  }
  for (const [place, reminder] of (document.reminders ?? []).entries()) {
    if (durationMs(reminder) < Math.min(expires, WEEK_MS)) continue;
    const message = 'This reminder would come after the conversation has expired.';
    found.push(warning(['reminders', place], message));
  }
  return found;
};

export const boundsInOrder: Rule = ({ document }) => {
  const found: Finding[] = [];
  for (const [id, step] of Object.entries(document.steps)) {
    if (!isQuestion(step) || step.ask !== 'number') continue;
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = step.bounds ?? {};
    if (min > max) found.push(error(['steps', id, 'bounds'], 'Write the smaller number as min.'));
  }
  return found;
};

export const aboutYouThatCanBeAsked: Rule = ({ document }) => {
  const found: Finding[] = [];
  for (const [place, about] of (document.about_you ?? []).entries()) {
    if (document.steps[about] !== undefined) {
      const message = `"about_you" asks "${about}" by itself. Give this step another name.`;
      found.push(onKey(error(['steps', about], message)));
    }
    if (about === 'area' && document.areas === undefined) {
      const message = 'To ask for the area, list the areas to choose from under "areas".';
      found.push(warning(['about_you', place], message));
    }
  }
  return found;
};
