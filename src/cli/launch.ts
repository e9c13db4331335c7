/**
 * `heard launch FILE [--audience FILE.csv]`: opens a checked flow for answers and invites the people
 * of an audience file. It is refused, with every reason, before anything is written or sent; one
 * that died before it had invited anybody goes on where it was when it is run again.
 */
import type { Heard } from '../app.ts';
import type { Consultation } from '../consultation/consultations.ts';
import { type Launched, launch } from '../consultation/launch.ts';
import { type Invited, invite } from '../conversation/invite.ts';
import type { World } from '../conversation/world.ts';
import { invitedLines, notInvited, warningLines } from './launch-lines.ts';
import { type LaunchOptions, type LaunchPlan, planLaunch } from './launch-plan.ts';
import type { CommandResult } from './output.ts';
import { priceJson } from './price-lines.ts';
import { runInHeard } from './run-in-heard.ts';

export function launchCommand(file: string, options: LaunchOptions): Promise<CommandResult> {
  return runInHeard((heard) => launchFile(heard, file, options));
}

export async function launchFile(
  heard: Heard,
  file: string,
  options: LaunchOptions,
): Promise<CommandResult> {
  const { world } = heard;
  const plan = await planLaunch(world, file, options);
  if (plan.kind === 'refused') return plan;
  if (options.dryRun === true) return dry(world, plan);
  const opened = await open(world, plan);
  if (opened.kind === 'refused') return opened;
  const { consultation } = opened;
  const invited = await invite(world, consultation, plan.invitees, plan.notBefore);
  return invited.kind === 'invited'
    ? done(heard, plan, consultation, invited)
    : notInvited(world, consultation, invited);
}

async function open(world: World, { goesOn, document, flow }: LaunchPlan): Promise<Launched> {
  if (goesOn) return { kind: 'launched', consultation: goesOn };
  const { timeZone } = world.installation;
  return launch({ ...world, timeZone }, { document, flow, actor: 'command line' });
}

function done(
  heard: Heard,
  { goesOn, invitees, price, notBefore, warnings, lines }: LaunchPlan,
  { id, flow, version, keyword: word }: Consultation,
  invited: Invited,
): CommandResult {
  const { installation, sending } = heard.world;
  const keyword = word.toUpperCase();
  const chat = `${installation.publicUrl}/chat/${word}`;
  const orText = installation.textNumber
    ? `, or text ${keyword} to ${installation.textNumber}`
    : '';
  const invitations =
    invitees.length === 0
      ? {}
      : {
          broadcast: invited.broadcast,
          price: priceJson(price, sending.partPence),
          ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
        };
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
      ...invitations,
    },
    lines: [
      ...lines,
      ...(goesOn ? [] : [`Launched ${flow} version ${version} as consultation ${id}.`]),
      `People join at ${chat}${orText}.`,
      `A poster for a wall: ${chat}/poster`,
      ...invitedLines(invited),
      ...warningLines(heard, warnings),
    ],
  };
}

function dry({ sending }: World, { flow, price, lines }: LaunchPlan): CommandResult {
  const { id, version, keyword } = flow;
  return {
    kind: 'done',
    json: { dryRun: true, flow: id, version, keyword, price: priceJson(price, sending.partPence) },
    lines: [...lines, 'Nothing was launched or written: without --dry-run it is.'],
  };
}
