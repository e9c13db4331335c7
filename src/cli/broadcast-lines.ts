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
  return [
    `${nameOf(one)}, ${standingWords(one.standing, timeZone)}  ${one.id}`,
    `  ${sumsLine(one.figures)}${reasonWords(one.figures)}`,
  ];
}

/** While it is watched: what it is doing, how far it is, and what to do about it. */
export function watchedLines(one: ShownBroadcast, timeZone: string): readonly string[] {
  const { planned, remaining } = one.figures;
  const toGo = remaining === 0 ? 'nothing to go' : `${remaining} of ${planned} to go`;
  return [
    `${nameOf(one)}: ${standingWords(one.standing, timeZone)}`,
    `  ${bar(one.figures)}  ${toGo}`,
    `  ${sumsLine(one.figures)}`,
    ...(one.standing.kind === 'paused'
      ? [`  To let it go on: heard broadcast resume ${one.id}`]
      : []),
  ];
}

function nameOf({ class: kind, keyword }: ShownBroadcast): string {
  const what = kind === 'feedback' ? 'Feedback' : 'Invitations';
  return keyword === undefined ? what : `${what} of ${keyword}`;
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

function standingWords(standing: Standing, timeZone: string): string {
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
function bar({ planned, remaining }: OutboxFigures): string {
  const done = planned === 0 ? 1 : (planned - remaining) / planned;
  const full = Math.floor(done * WIDTH);
  const percent = `${Math.floor(done * 100)}%`.padStart(5);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]${percent}`;
}
