/** Tells once for each day, not once for each conversation, that a day's key is gone too early. */
import type { Log } from '../platform/log.ts';

export function lostKeyAlarm(log: Pick<Log, 'error'>): (day: string) => void {
  const told = new Set<string>();
  return (day) => {
    if (told.has(day)) return;
    told.add(day);
    log.error('the key of a day is gone: conversations that need it are ended as they are met');
  };
}
