/**
 * The program's closing message: when people hear what happened, how to take answers back and until
 * when. It must name no day that the installation does not keep to.
 */
import { dateWithWeekday, dayOf, shortDate } from './dates.ts';
import type { Flow } from './flow.ts';
import { textsFor } from './flow-tables.ts';
import type { Prompt } from './prompt.ts';
import { sentence, statement } from './prompts/sentence.ts';
import type { ConversationState } from './state.ts';

const HOUR_MS = 3_600_000;

export function closing(flow: Flow, state: ConversationState, now: Date): Prompt {
  const { installation } = flow;
  const until = new Date(now.getTime() + installation.coolingOffHours * HOUR_MS);
  const day = dayOf(until, installation.timeZone);
  const text = textsFor(flow, state).once(`closing ${day}`, () => closingText(flow, state, day));
  return statement(text, state.language);
}

function closingText(flow: Flow, state: ConversationState, day: string): string {
  const { words, installation, promise } = flow;
  const values = {
    delete_by: dateWithWeekday(words, state.language, day),
    page_url: `${installation.publicUrl}/said-and-done`,
  };
  if (promise === undefined) return sentence(flow, state, 'done_no_feedback_date', values);
  const feedback_by = shortDate(words, state.language, promise.feedbackBy);
  return sentence(flow, state, 'done', { ...values, feedback_by });
}
