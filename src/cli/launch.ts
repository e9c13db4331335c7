/**
 * `heard launch FILE [--audience FILE.csv]`: opens a checked flow for answers and invites the people
 * of an audience file. It is refused, with every reason, before anything is written or sent; one
 * that died before it had invited anybody goes on where it was when it is run again.
 */
import type { Heard } from '../app.ts';
import type { Consultation } from '../consultation/consultations.ts';
import { launch, type Place, placeFor } from '../consultation/launch.ts';
import { priceOfInvitations } from '../conversation/invitation-price.ts';
import { invite } from '../conversation/invite.ts';
import type { Price } from '../conversation/price.ts';
import { fitting } from '../conversation/spending.ts';
import type { World } from '../conversation/world.ts';
import { hasInvitations } from '../delivery/broadcasts.ts';
import { hoursFor } from '../delivery/hours.ts';
import type { Flow } from '../flow/flow.ts';
import { formatProblem } from '../flow/problem.ts';
import { isoDay } from '../platform/calendar.ts';
import { audienceOf } from './audience-file.ts';
import { readFlowFile } from './flow-file.ts';
import { goesOnLine, invitedLines, notInvited, tooDear, warningLines } from './launch-lines.ts';
import { beginsLines, scheduledAt } from './local-moment.ts';
import type { CommandResult } from './output.ts';
import { priceJson, priceLines } from './price-lines.ts';
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
  const { invitees } = audience;
  const place = await placeFor(world.pool, world.flows, read);
  const goesOn = invitees.length > 0 ? await withoutInvitations(world, place) : undefined;
  if (place.kind !== 'free' && !goesOn) return { kind: 'refused', reasons: [place.reason] };
  const price = await priceOfInvitations(world, read.flow, invitees);
  if (price.again !== undefined) return { kind: 'refused', reasons: [price.again] };
  const fits = await fitting(world, world.pool, price);
  if (fits.kind === 'too-dear') return { kind: 'refused', reasons: tooDear(world, fits) };
  const before = [
    ...(goesOn ? [goesOnLine(goesOn)] : []),
    ...audience.lines,
    ...(invitees.length === 0 ? [] : await linesBefore(world, read.flow, price, notBefore)),
  ];
  if (options.dryRun === true) return dry(world, read.flow, price, before);
  const launched = goesOn
    ? { kind: 'launched' as const, consultation: goesOn }
    : await launch(
        { ...world, timeZone },
        { document: read.document, flow: read.flow, actor: 'command line' },
      );
  if (launched.kind === 'refused') return launched;
  const { consultation } = launched;
  const invited = await invite(world, consultation, invitees, notBefore);
  if (invited.kind !== 'invited') return notInvited(world, consultation, invited);
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
      ...(goesOn ? { launchedBefore: true } : {}),
      ...(invitees.length === 0
        ? {}
        : {
            broadcast: invited.broadcast,
            price: priceJson(price, world.sending.partPence),
            ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
          }),
    },
    lines: [
      ...before,
      ...(goesOn ? [] : [`Launched ${flow} version ${version} as consultation ${id}.`]),
      `People join at ${chat}${installation.textNumber ? `, or text ${keyword} to ${installation.textNumber}` : ''}.`,
      `A poster for a wall: ${chat}/poster`,
      ...invitedLines(invited),
      ...warningLines(heard, read.problems.length),
    ],
  };
}

/** This very flow, open since a launch that ended before it invited anybody. */
async function withoutInvitations(
  { pool }: World,
  place: Place,
): Promise<Consultation | undefined> {
  if (place.kind !== 'itself') return undefined;
  return (await hasInvitations(pool, place.consultation.id)) ? undefined : place.consultation;
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

function dry(
  { sending }: World,
  { id, version, keyword }: Flow,
  price: Price,
  before: readonly string[],
): CommandResult {
  return {
    kind: 'done',
    json: { dryRun: true, flow: id, version, keyword, price: priceJson(price, sending.partPence) },
    lines: [...before, 'Nothing was launched or written: without --dry-run it is.'],
  };
}
