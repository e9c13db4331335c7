/**
 * Lines of the program, each made wrong on purpose, and the invariant that must then fail: a run
 * that passes with one of these shows nothing. `npm run test:faults -- --breakages` has them all.
 */
import type { NIGHTS } from './hours/nights.ts';
import type { InvariantName } from './invariants/invariants.ts';

export interface Breakage extends Wrong {
  readonly breaks: InvariantName;
}

/** A line of the program, and what is made of it. */
export interface Wrong {
  readonly by: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

export const BREAKAGES: readonly Breakage[] = [
  {
    breaks: 'nothingLost',
    by: 'answering with success what could not be written',
    file: 'adapters/sms/inbound.ts',
    right: 'if (!response.headersSent) refuse(response, 503);',
    wrong: 'if (!response.headersSent) send(response, 200, XML, SILENCE);',
  },
  {
    breaks: 'appliedOnce',
    by: 'taking each copy of a text for a text of its own',
    file: 'src/conversation/receive.ts',
    right: 'world.contacts.hashMessageId(channel, messageId)',
    wrong: 'world.contacts.hashMessageId(channel, messageId + Math.random())',
  },
  {
    breaks: 'truthful',
    by: 'taking an error of the provider for a yes',
    file: 'adapters/sms/send-outcome.ts',
    right:
      "if (status >= 500 || status < 400) return { kind: 'unknown', reason: `http-${status}` };",
    wrong: `if (status >= 500) return { kind: 'accepted', providerId: 'SM' + '0'.repeat(32) };`,
  },
  {
    breaks: 'nothingLinks',
    by: 'marking in the release who took part in it',
    file: 'src/privacy/release-batch.ts',
    right: "await tools.at?.('locked');",
    wrong:
      "await tools.at?.('locked'); await tx.query('update conv.participation set joined_on = joined_on');",
  },
  {
    breaks: 'noCanary',
    by: 'printing what a text says',
    file: 'adapters/sms/inbound.ts',
    right: "if (message.kind === 'malformed') return refuse(response, 400);",
    wrong:
      "console.error(form.params['Body']); if (message.kind === 'malformed') return refuse(response, 400);",
  },
];

/** That what Heard begins leaves in its hours only shows in the nights on which the clocks change. */
export const BREAKAGES_OF_HOURS: readonly (Wrong & { readonly night: keyof typeof NIGHTS })[] = [
  {
    night: 'spring',
    by: 'closing in summer as if it were winter',
    file: 'src/delivery/hours.ts',
    right: 'closes: earliest(day, to, timeZone) };',
    wrong: "closes: earliest(day, to, 'UTC') };",
  },
  {
    night: 'spring',
    by: 'opening when the clock of the machine says so',
    file: 'src/delivery/claim.ts',
    right: "request.openHours.map(({ since }) => since ?? '-infinity'),",
    wrong: "request.openHours.map(() => '-infinity'),",
  },
  {
    night: 'autumn',
    by: 'closing when the clock of the machine says so',
    file: 'src/delivery/claim.ts',
    right: "request.openHours.map(({ until }) => until ?? 'infinity'),",
    wrong: "request.openHours.map(() => 'infinity'),",
  },
];
