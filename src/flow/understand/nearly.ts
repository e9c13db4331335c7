/**
 * A reply to "did you mean": a yes where only one thing was asked, or all of it at once; a place in
 * the list, unless it could be the place in what we asked between. Anything else is read afresh.
 */
import type { Question } from '../flow.ts';
import type { ConversationState } from '../state.ts';
import { answerFor } from './option-answer.ts';
import type { OptionTable } from './option-table.ts';
import { MISSED, type Understood } from './understood.ts';
import { yesOrNo } from './yes-or-no.ts';

/** Undefined where nothing is open, or the reply is no reply to it. */
export function understandNearly(
  question: Question,
  state: Pick<ConversationState, 'nearly' | 'nearlyTogether'>,
  table: OptionTable,
  folded: string,
): Understood | undefined {
  const { nearly } = state;
  if (nearly === undefined || question.kind === 'yes_no') return undefined;
  const places = nearly.map((id) => question.options.findIndex((option) => option.id === id));
  const said = table.direct.has(folded) ? undefined : yesOrNo(folded, table.words);
  if (said === false) return MISSED;
  const settled = places.length === 1 || state.nearlyTogether === true;
  if (said === true) return settled ? answerFor(question, places) : nearlyAgain(places);
  if (places.length < 2 || !isPlaceWord(folded, table)) return undefined;
  return places.every((place, at) => place === at) && !table.words.last.has(folded)
    ? undefined
    : nearlyAgain(places);
}

function nearlyAgain(options: readonly number[]): Understood {
  return { kind: 'nearly', options, together: false };
}

/** "The second one" of three we asked between, or of the whole list? Digits are the list's. */
function isPlaceWord(folded: string, { words }: OptionTable): boolean {
  const bare = folded.replace(/^the | one$/g, '');
  return (
    words.last.has(folded) ||
    words.last.has(bare) ||
    /^\d(?:st|nd|rd|th)$/.test(bare) ||
    isOrdinal(bare)
  );
}

function isOrdinal(word: string): boolean {
  return ['first', 'second', 'third'].includes(word);
}
