/** What `heard launch` says of the people it invited, or could not invite. */
import type { Heard } from '../app.ts';
import type { Consultation } from '../consultation/consultations.ts';
import type { Invited, NotInvited } from '../conversation/invite.ts';
import type { Fitting } from '../conversation/spending.ts';
import type { World } from '../conversation/world.ts';
import type { CommandResult } from './output.ts';
import { tooDearLines } from './price-lines.ts';

export function goesOnLine({ keyword, id }: Consultation): string {
  return `${keyword.toUpperCase()} is open already as consultation ${id}, and nobody has been invited to it yet: this goes on from there.`;
}

export function invitedLines(invited: Invited): readonly string[] {
  const { planned, leftOut, overContacted, had } = invited;
  if (planned + leftOut + overContacted + had === 0) return [];
  return [
    `${planned} invitations are planned.`,
    ...(leftOut > 0
      ? [`${leftOut} are left out because they opted out or take part already.`]
      : []),
    ...(overContacted > 0
      ? [`${overContacted} are left out because they were written to often enough.`]
      : []),
    ...(had > 0
      ? [`${had} are left out because they have had this invitation, or are about to.`]
      : []),
  ];
}

/** The consultation is open by now. */
export function notInvited(
  world: World,
  { keyword }: Consultation,
  why: NotInvited,
): CommandResult {
  return {
    kind: 'refused',
    reasons: [
      ...tooDear(world, why),
      `${keyword.toUpperCase()} is open and takes answers, but nobody was invited. When there is room, run this again: it goes on from here.`,
    ],
  };
}

export function tooDear(
  { sending }: World,
  why: Extract<Fitting, { kind: 'too-dear' }>,
): readonly string[] {
  return tooDearLines(why, sending.partPence ?? 0);
}

export function warningLines({ world }: Heard, warnings: number): readonly string[] {
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
