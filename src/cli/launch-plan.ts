/**
 * Everything that `heard launch` finds out before it does anything: is the flow sound, the audience
 * readable, the keyword free, the money there. It writes nothing and sends nothing.
 */
import type { Consultation } from '../consultation/consultations.ts';
import type { Invitees } from '../consultation/invitee-list.ts';
import { type Place, placeFor } from '../consultation/launch.ts';
import { type InvitationPrice, priceOfInvitations } from '../conversation/invitation-price.ts';
import { fitting } from '../conversation/spending.ts';
import type { World } from '../conversation/world.ts';
import { hasInvitations } from '../delivery/broadcasts.ts';
import { hoursFor } from '../delivery/hours.ts';
import { formatProblem } from '../flow/problem.ts';
import { isoDay } from '../platform/calendar.ts';
import { audienceOf } from './audience-file.ts';
import { type FlowFile, readFlowFile } from './flow-file.ts';
import { goesOnLine, tooDear } from './launch-lines.ts';
import { beginsLines, scheduledAt } from './local-moment.ts';
import type { CommandResult } from './output.ts';
import { priceLines } from './price-lines.ts';

export interface LaunchOptions {
  readonly audience?: string;
  readonly goodRowsOnly: boolean;
  /** Local time from which invitations go; as soon as may be without it. */
  readonly inviteAt?: string;
  /** Says what it would cost, and writes nothing. */
  readonly dryRun?: boolean;
}

export interface LaunchPlan extends Asked {
  readonly kind: 'plan';
  /** Open since a launch that died before it had invited anybody. */
  readonly goesOn: Consultation | undefined;
  readonly price: InvitationPrice;
  /** What is said before anything is done. */
  readonly lines: readonly string[];
}

type Refused = Extract<CommandResult, { kind: 'refused' }>;

export async function planLaunch(
  world: World,
  file: string,
  options: LaunchOptions,
): Promise<LaunchPlan | Refused> {
  const asked = await readAsked(world, file, options);
  if (asked.kind === 'refused') return asked;
  const { flow, invitees } = asked;
  const place = await placeFor(world.pool, world.flows, asked);
  const goesOn = invitees.length > 0 ? await withoutInvitations(world, place) : undefined;
  if (place.kind !== 'free' && !goesOn) return { kind: 'refused', reasons: [place.reason] };
  const price = await priceOfInvitations(world, flow, invitees);
  if (price.again !== undefined) return { kind: 'refused', reasons: [price.again] };
  const fits = await fitting(world, world.pool, price);
  if (fits.kind === 'too-dear') return { kind: 'refused', reasons: tooDear(world, fits) };
  const lines = [
    ...(goesOn ? [goesOnLine(goesOn)] : []),
    ...asked.audienceLines,
    ...(invitees.length === 0 ? [] : await linesBefore(world, asked, price)),
  ];
  return { ...asked, kind: 'plan', goesOn, price, lines };
}

interface Asked extends Pick<Extract<FlowFile, { kind: 'sound' }>, 'document' | 'flow'> {
  readonly warnings: number;
  readonly invitees: Invitees;
  readonly audienceLines: readonly string[];
  readonly notBefore: Date | undefined;
}

async function readAsked(
  { words, installation, ambient }: World,
  file: string,
  options: LaunchOptions,
): Promise<(Asked & { readonly kind: 'asked' }) | Refused> {
  const { timeZone } = installation;
  const today = isoDay(ambient.now(), timeZone);
  const read = await readFlowFile(file, { words, installation, today });
  if (read.kind === 'unsound') {
    const errors = read.problems.filter((one) => one.severity === 'error');
    return { kind: 'refused', reasons: errors.map(formatProblem) };
  }
  const { document, flow, problems } = read;
  const audience = await audienceOf(options, document.languages);
  if (audience.kind === 'refused') return audience;
  const scheduled = scheduledAt(options.inviteAt, '--invite-at', timeZone, ambient.now());
  if (scheduled.kind === 'refused') return scheduled;
  return {
    kind: 'asked',
    document,
    flow,
    warnings: problems.length,
    invitees: audience.invitees,
    audienceLines: audience.lines,
    notBefore: scheduled.notBefore,
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
  { flow, notBefore }: Asked,
  price: InvitationPrice,
): Promise<readonly string[]> {
  return [
    ...(await priceLines(world, price, 'Invitations')),
    ...beginsLines(notBefore, hoursFor(flow.ages), world.ambient.now(), world.sending.hours),
  ];
}
