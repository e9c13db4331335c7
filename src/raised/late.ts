/** How late a promise is, in whole days: said as it is, and never as a number alone. */
import type { Words } from '../flow/words.ts';
import { type SpokenIn, sayInChat } from './say-in-chat.ts';

const DAY_MS = 86_400_000;

/** 0 on the day itself and before it. */
export function daysLate(dueOn: string, today: string): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(dueOn)) / DAY_MS));
}

export function daysInWords(words: Words, spoken: SpokenIn, days: number): string {
  return days === 1
    ? sayInChat(words, spoken, 'chat_one_day')
    : sayInChat(words, spoken, 'chat_days', { count: String(days) });
}
