/** How a broadcast stands, in a line and as a bar. */
import type { BroadcastFigures, Standing } from '../delivery/broadcast-figures.ts';
import type { OutboxFigures } from '../delivery/figures.ts';
import { shownMoment } from './local-moment.ts';

export interface ShownBroadcast {
  readonly id: string;
  readonly class: 'invitation' | 'feedback';
  /** The consultation's keyword, where it is known. */
  readonly keyword?: string;
  readonly standing: Standing;
  readonly figures: BroadcastFigures;
}

export function broadcastLines(one: ShownBroadcast, timeZone: string): readonly string[] {
  const what = one.class === 'feedback' ? 'Feedback' : 'Invitations';
  const about = one.keyword === undefined ? what : `${what} of ${one.keyword}`;
  return [
    `${about}, ${standingWords(one.standing, timeZone)}  ${one.id}`,
    `  ${sumsLine(one.figures)}${reasonWords(one.figures)}`,
  ];
}

export function sumsLine(sums: OutboxFigures): string {
  const { planned, accepted, refused, failed, unknown, remaining } = sums;
  return `${planned} planned = ${accepted} accepted + ${refused} refused + ${failed} failed + ${unknown} unknown + ${remaining} remaining`;
}

function reasonWords({ refusedFor }: BroadcastFigures): string {
  const reasons = Object.entries(refusedFor);
  if (reasons.length === 0) return '';
  return ` (refused: ${reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')})`;
}

export function standingWords(standing: Standing, timeZone: string): string {
  switch (standing.kind) {
    case 'waits':
      return `waits until ${shownMoment(standing.until, timeZone)}`;
    case 'held':
      return 'held back: the spending ceiling is reached';
    default:
      return standing.kind;
  }
}

const WIDTH = 30;

/** `done` of all that is planned; the bar is full only when nothing remains. */
export function bar({ planned, remaining }: OutboxFigures): string {
  const done = planned === 0 ? 1 : (planned - remaining) / planned;
  const full = Math.floor(done * WIDTH);
  const percent = `${Math.floor(done * 100)}%`.padStart(4);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]${percent}`;
}
