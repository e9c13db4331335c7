/**
 * Lines of the program, each made wrong on purpose, and the invariant that must then fail: a run
 * that passes with one of these shows nothing. `npm run test:faults -- --breakages` has them all.
 */
import type { NIGHTS } from './hours/nights.ts';
import type { InvariantName } from './invariants/invariants.ts';

export interface Breakage extends Wrong {
  readonly breaks: InvariantName;
}

export interface Wrong {
  readonly by: string;
  /** More than one where the program holds a promise twice over. */
  readonly lines: readonly Line[];
}

/** A line of the program, or of a function in its database, and what is made of it. */
export interface Line {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

const one = (file: string, right: string, wrong: string): readonly Line[] => [
  { file, right, wrong },
];

export const BREAKAGES: readonly Breakage[] = [
  {
    breaks: 'nothingLost',
    by: 'answering with success what could not be written',
    lines: one(
      'adapters/sms/inbound.ts',
      'if (!response.headersSent) refuse(response, 503);',
      'if (!response.headersSent) send(response, 200, XML, SILENCE);',
    ),
  },
  {
    breaks: 'appliedOnce',
    by: 'taking each copy of a text for a text of its own',
    lines: one(
      'src/conversation/receive.ts',
      'world.contacts.hashMessageId(channel, messageId)',
      'world.contacts.hashMessageId(channel, messageId + Math.random())',
    ),
  },
  {
    breaks: 'oneResponseEach',
    by: 'saying of some answers that they are kept, and not keeping them',
    lines: one(
      'src/privacy/pool.ts',
      'const plain = pad(',
      "if ((tag[0] ?? 0) % 3 === 0) return { kind: 'sealed' }; const plain = pad(",
    ),
  },
  {
    breaks: 'hastyIsHeard',
    by: 'taking every choice for the same one',
    lines: one(
      'src/flow/turns/answer.ts',
      '[question.id]: value };',
      "[question.id]: question.kind === 'choose_one' ? 'lights' : value };",
    ),
  },
  {
    breaks: 'deletedIsGone',
    by: 'saying of answers that they are deleted, and keeping them',
    lines: one(
      'src/privacy/pool.ts',
      'with gone as (delete from ${itemTable(batch)} where wtag = any($1) returning wtag),',
      'with gone as (select wtag from ${itemTable(batch)} where wtag = any($1)),',
    ),
  },
  {
    breaks: 'orderKept',
    by: 'claiming what comes second beside what comes first',
    lines: one(
      'migrations/000007_begin_at_the_claim.sql',
      '(e.priority, coalesce(e.resend_of, e.id)) < (o.priority, coalesce(o.resend_of, o.id))',
      'false',
    ),
  },
  {
    breaks: 'withinBounds',
    by: 'forgetting that a message was sent again',
    lines: one(
      'src/delivery/resend.ts',
      'set resent = true from due',
      'set resent = false from due',
    ),
  },
  {
    breaks: 'lookedFirst',
    by: "leaving the look at the provider's list out of the timetable",
    lines: one('src/app/tasks.ts', "{ task: 'seek-unknown', at: '* * * * *' },", ''),
  },
  {
    breaks: 'noneAfterOptOut',
    by: 'neither taking back what is planned nor looking before it leaves',
    lines: [
      {
        file: 'src/delivery/withdraw.ts',
        right: "where person_id = $1 and state = 'planned' and class = any($2)`",
        wrong: "where person_id = $1 and state = 'planned' and class = any($2) and false`",
      },
      {
        file: 'src/delivery/attempt.ts',
        right: 'if (standing?.stopped !== false && !goesAfterOptOut(row.class))',
        wrong: 'if (standing?.stopped !== false && !goesAfterOptOut(row.class) && false)',
      },
    ],
  },
  {
    breaks: 'helpArrives',
    by: 'not sending again where help is',
    lines: one(
      'src/delivery/resend.ts',
      "and (class = 'signpost'",
      "and (class = 'signpost' and false",
    ),
  },
  {
    breaks: 'poisonSetAside',
    by: 'trying for ever',
    lines: one(
      'src/delivery/settle.ts',
      'outcome.counts === true && attempts >= MOST_TRIES',
      'outcome.counts === true && attempts < 0',
    ),
  },
  {
    breaks: 'truthful',
    by: 'taking an error of the provider for a yes',
    lines: one(
      'adapters/sms/send-outcome.ts',
      "if (status >= 500 || status < 400) return { kind: 'unknown', reason: `http-${status}` };",
      `if (status >= 500) return { kind: 'accepted', providerId: 'SM' + '0'.repeat(32) };`,
    ),
  },
  {
    breaks: 'truthful',
    by: 'a sweep for what the dead left that does nothing',
    lines: one(
      'src/app/tasks.ts',
      'await reconcile(pool, starting, listed);',
      '{ setAside: 0, signpostsInDoubt: 0 };',
    ),
  },
  {
    breaks: 'reportsCount',
    by: 'thanking for reports of what is unknown, and not believing them',
    lines: one('src/delivery/status.ts', "when 'unknown' then true", "when 'unknown' then false"),
  },
  {
    breaks: 'neverBackwards',
    by: 'taking what was delivered for accepted when the answer comes',
    lines: one(
      'src/delivery/settle.ts',
      "set state = case when o.state in ('attempting', 'unknown') then 'accepted' else o.state end,",
      "set state = 'accepted',",
    ),
  },
  {
    breaks: 'sumsHold',
    by: 'not counting what the provider took',
    lines: one('src/delivery/settle.ts', 'was_accepted = true,', 'was_accepted = o.was_accepted,'),
  },
  {
    breaks: 'nobodyFellOver',
    by: 'ending when the database does not answer',
    lines: one(
      'src/delivery/dispatcher.ts',
      "log.error('messages could not be claimed', { error });",
      'process.exit(1);',
    ),
  },
  {
    breaks: 'nothingLinks',
    by: 'marking in the release who took part in it',
    lines: one(
      'src/privacy/release-batch.ts',
      "await tools.at?.('locked');",
      "await tools.at?.('locked'); await tx.query('update conv.participation set joined_on = joined_on');",
    ),
  },
  {
    breaks: 'noCanary',
    by: 'printing what a text says',
    lines: one(
      'adapters/sms/inbound.ts',
      "if (message.kind === 'malformed') return refuse(response, 400);",
      "console.error(form.params['Body']); if (message.kind === 'malformed') return refuse(response, 400);",
    ),
  },
];

/** That what Heard begins leaves in its hours only shows in the nights on which the clocks change. */
export const BREAKAGES_OF_HOURS: readonly (Wrong & { readonly night: keyof typeof NIGHTS })[] = [
  {
    night: 'spring',
    by: 'closing in summer as if it were winter',
    lines: one(
      'src/delivery/hours.ts',
      'closes: earliest(day, to, timeZone) };',
      "closes: earliest(day, to, 'UTC') };",
    ),
  },
  {
    night: 'spring',
    by: 'opening when the clock of the machine says so',
    lines: one(
      'src/delivery/claim.ts',
      "request.openHours.map(({ since }) => since ?? '-infinity'),",
      "request.openHours.map(() => '-infinity'),",
    ),
  },
  {
    night: 'autumn',
    by: 'closing when the clock of the machine says so',
    lines: one(
      'src/delivery/claim.ts',
      "request.openHours.map(({ until }) => until ?? 'infinity'),",
      "request.openHours.map(() => 'infinity'),",
    ),
  },
];
