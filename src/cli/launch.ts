/**
 * `heard launch FILE [--audience FILE.csv]`: opens a checked flow for answers and invites the people
 * of an audience file. It is refused, with every reason, before anything is written or sent.
 */
import type { Heard } from '../app.ts';
import { consultationByKeyword } from '../consultation/consultations.ts';
import { launch } from '../consultation/launch.ts';
import { type Invited, invite } from '../conversation/invite.ts';
import { type Price, priceOfInvitations } from '../conversation/price.ts';
import type { World } from '../conversation/world.ts';
import { hoursFor } from '../delivery/hours.ts';
import type { Flow } from '../flow/flow.ts';
import { fold } from '../flow/fold.ts';
import { formatProblem } from '../flow/problem.ts';
import { isoDay } from '../platform/calendar.ts';
import { audienceOf } from './audience-file.ts';
import { readFlowFile } from './flow-file.ts';
import { beginsLines, scheduledAt } from './local-moment.ts';
import type { CommandResult } from './output.ts';
import { mayInvite, priceJson, priceLines } from './price-lines.ts';
import { runInHeard } from './run-in-heard.ts';

export interface LaunchOptions {
  readonly audience?: string;
  readonly goodRowsOnly: boolean;
  /** Local time from which invitations go; as soon as may be without it. */
  readonly inviteAt?: string;
  /** Says what it would cost, and writes nothing. */
  readonly dryRun?: boolean;
}

export function launchCommand(file: string, options: LaunchOptions): Promise<CommandResult> {
  return runInHeard((heard) => launchFile(heard, file, options));
}

export async function launchFile(
  heard: Heard,
  file: string,
  options: LaunchOptions,
): Promise<CommandResult> {
  const { world } = heard;
  const { installation, words } = world;
  const today = isoDay(world.ambient.now(), installation.timeZone);
  const read = await readFlowFile(file, { words, installation, today });
  if (read.kind === 'unsound') {
    const errors = read.problems.filter((one) => one.severity === 'error');
    return { kind: 'refused', reasons: errors.map(formatProblem) };
  }
  const audience = await audienceOf(options, read.document.languages);
  if (audience.kind === 'refused') return audience;
  const { timeZone } = installation;
  const scheduled = scheduledAt(options.inviteAt, '--invite-at', timeZone, world.ambient.now());
  if (scheduled.kind === 'refused') return scheduled;
  const { notBefore } = scheduled;
  const price = await priceOfInvitations(world, read.flow, audience.invitees);
  const affordable = await mayInvite(world, price);
  if (affordable.kind === 'refused') return affordable;
  const before =
    audience.invitees.length === 0
      ? []
      : [...audience.lines, ...(await linesBefore(world, read.flow, price, notBefore))];
  if (options.dryRun === true) return dry(world, read.flow, price, before);
  const launched = await launch(
    { ...world, timeZone: installation.timeZone },
    { document: read.document, flow: read.flow, actor: 'command line' },
  );
  if (launched.kind === 'refused') return launched;
  const { consultation } = launched;
  const invited = await invite(world, consultation, audience.invitees, notBefore);
  const keyword = consultation.keyword.toUpperCase();
  const chat = `${installation.publicUrl}/chat/${consultation.keyword}`;
  const { id, flow, version } = consultation;
  return {
    kind: 'done',
    json: {
      consultation: id,
      flow,
      version,
      keyword,
      chat,
      invited: invited.planned,
      ...(audience.invitees.length === 0
        ? {}
        : {
            broadcast: invited.broadcast,
            price: priceJson(price, world.sending.partPence),
            ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
          }),
    },
    lines: [
      ...before,
      `Launched ${flow} version ${version} as consultation ${id}.`,
      `People join at ${chat}${installation.textNumber ? `, or text ${keyword} to ${installation.textNumber}` : ''}.`,
      `A poster for a wall: ${chat}/poster`,
      ...invitedLines(invited),
      ...warningLines(heard, read.problems.length),
    ],
  };
}

async function linesBefore(
  world: World,
  flow: Flow,
  price: Price,
  notBefore: Date | undefined,
): Promise<readonly string[]> {
  return [
    ...(await priceLines(world, price, 'Invitations')),
    ...beginsLines(notBefore, hoursFor(flow.ages), world.ambient.now(), world.sending.hours),
  ];
}

async function dry(
  { pool, sending }: World,
  { id, version, keyword }: Flow,
  price: Price,
  before: readonly string[],
): Promise<CommandResult> {
  const taken = await consultationByKeyword(pool, fold(keyword));
  if (taken?.state === 'open') {
    return {
      kind: 'refused',
      reasons: [`The keyword ${keyword} is in use by another open consultation.`],
    };
  }
  return {
    kind: 'done',
    json: { dryRun: true, flow: id, version, keyword, price: priceJson(price, sending.partPence) },
    lines: [...before, 'Nothing was launched or written: without --dry-run it is.'],
  };
}

function invitedLines({ planned, stopped, overContacted }: Invited): readonly string[] {
  if (planned + stopped + overContacted === 0) return [];
  return [
    `${planned} invitations are planned.`,
    ...(stopped > 0 ? [`${stopped} are left out because they opted out.`] : []),
    ...(overContacted > 0
      ? [`${overContacted} are left out because they were written to often enough.`]
      : []),
  ];
}

function warningLines({ world }: Heard, warnings: number): readonly string[] {
  return [
    ...(warnings > 0
      ? [
          `${warnings === 1 ? '1 warning' : `${warnings} warnings`}: "heard flow check" shows ${warnings === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    ...(world.leadKey
      ? []
      : [
          'No safeguarding lead is set: a disclosure is met with helplines only. See docs/safeguarding.md.',
        ]),
  ];
}
