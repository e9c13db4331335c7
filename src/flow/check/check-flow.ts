/**
 * Everything that can be said against a flow document before anybody is asked: each rule on its
 * own, the findings put to their places in the file. It must never throw on what an officer wrote.
 */
import { compileFlow } from '../compile.ts';
import type { FlowDocument } from '../document.ts';
import { inOrderOfPlace, type Problem } from '../problem.ts';
import type { Source } from '../read-yaml.ts';
import {
  answersThatAreThere,
  answersThatMayBeMissing,
  conditionsThatCanBeRead,
  optionsThatExist,
} from './conditions.ts';
import { consentComesFirst, everyQuestionCanBeRefused } from './consent.ts';
import { testsOfThisFlow, testsThatExist } from './document-tests.ts';
import {
  enoughOptions,
  keywordThatIsNoCommand,
  labelsThatAreNoCommands,
  optionsThatDiffer,
} from './options.ts';
import { feedbackDay, promiseThatIsWhole } from './promise.ts';
import { readingAgeThatFits } from './reading-age.ts';
import {
  aboutYouThatCanBeAsked,
  agesInOrder,
  boundsInOrder,
  languagesThatAreSpoken,
  timesThatFit,
} from './settings.ts';
import { costFindings } from './sms-cost.ts';
import { type CheckContext, type Finding, type Rule, type Subject, subjectOf } from './subject.ts';
import { textsInEveryLanguage } from './texts.ts';
import {
  branchesThatFallThrough,
  stepsThatAreReached,
  stepsThatCanEnd,
  stepsThatExist,
} from './where-steps-go.ts';

const RULES: readonly Rule[] = [
  stepsThatExist,
  branchesThatFallThrough,
  stepsThatAreReached,
  stepsThatCanEnd,
  conditionsThatCanBeRead,
  answersThatMayBeMissing,
  answersThatAreThere,
  optionsThatExist,
  textsInEveryLanguage,
  labelsThatAreNoCommands,
  keywordThatIsNoCommand,
  optionsThatDiffer,
  enoughOptions,
  promiseThatIsWhole,
  feedbackDay,
  consentComesFirst,
  everyQuestionCanBeRefused,
  languagesThatAreSpoken,
  agesInOrder,
  timesThatFit,
  boundsInOrder,
  aboutYouThatCanBeAsked,
  readingAgeThatFits,
  testsThatExist,
  testsOfThisFlow,
];

export function checkFlow(
  document: FlowDocument,
  source: Source,
  context: CheckContext,
): readonly Problem[] {
  const subject = subjectOf(document, context);
  const found = RULES.flatMap((rule) => rule(subject));
  return inOrderOfPlace([...found, ...costs(subject)].map((finding) => placed(finding, source)));
}

/** Where a condition cannot be read there is nothing yet that could be said to anybody. */
function costs({ document, words, installation, branches }: Subject): readonly Finding[] {
  if (branches.some(({ read }) => read?.kind === 'refused')) return [];
  return costFindings(compileFlow(document, { words, installation }));
}

function placed(finding: Finding, source: Source): Problem {
  const { severity, path, message } = finding;
  const place =
    finding.offset !== undefined
      ? source.insideAt(path, finding.offset)
      : finding.onKey
        ? source.keyAt(path)
        : source.valueAt(path);
  return { severity, file: source.file, ...place, path: path.join('.'), message };
}
