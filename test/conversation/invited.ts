/** People who were invited, and the time that passes until they may be reminded. */
import type { Outbound } from '../../src/channel.ts';
import type { Consultation } from '../../src/consultation/consultations.ts';
import { invite } from '../../src/conversation/invite.ts';
import type { TestHeard } from '../support/open-test-heard.ts';
import { app, sendAll } from './app-outbox.ts';

const DAY = 86_400_000;

export const people = (...numbers: number[]) =>
  numbers.map((at) => ({ address: `+447700${at}`, source: 'Bury Youth Service' }));

/** Invites them; gives the broadcast that their invitations went into. */
export async function invitedIn(
  { heard }: TestHeard,
  consultation: Consultation,
  ...numbers: number[]
): Promise<string> {
  const done = await invite(heard.world, consultation, people(...numbers));
  if (done.kind !== 'invited' || done.broadcast === undefined) throw new Error('nobody is invited');
  return done.broadcast;
}

/** What waits leaves, and was sent so many days ago: the database's clock is not the test's. */
export async function invitationsLeft(
  heard: TestHeard,
  { daysAgo = 3, trial = false } = {},
): Promise<readonly Outbound[]> {
  const provider = app('sms');
  await sendAll(heard, provider, trial);
  await wereSent(heard, daysAgo);
  return provider.sent;
}

export async function wereSent({ heard }: TestHeard, daysAgo: number): Promise<void> {
  await heard.world.pool.query(
    `update delivery.outbox set attempted_at = clock_timestamp() - $1 * interval '1 day'
     where class = 'invitation' and attempted_at is not null`,
    [daysAgo],
  );
}

export function daysLater({ clock }: TestHeard, days: number): void {
  clock.now = new Date(clock.now.getTime() + days * DAY);
}

/** What became of what Heard began by itself, in the order of its planning. */
export async function begun({ heard }: TestHeard): Promise<readonly string[]> {
  const { rows } = await heard.world.pool.query<{ said: string }>(
    `select concat_ws(' ', class, state, reason) as said from delivery.outbox
     where class <> 'reply' order by id`,
  );
  return rows.map((row) => row.said);
}
