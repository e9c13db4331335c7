/**
 * A case for the safeguarding lead, as an effect of a turn: what was said, by whom and when, sealed so
 * that only the lead's private key opens it, written in the turn's own transaction.
 */
import { isoDay } from '../platform/calendar.ts';
import { openCase } from '../safeguarding/cases.ts';
import type { Finding } from '../safeguarding/detect.ts';
import type { Effect } from './commit-turn.ts';
import type { Situation } from './situation.ts';
import type { World } from './world.ts';

export interface CaseToSeal {
  readonly level: Finding['level'];
  readonly kind: Finding['kind'] | 'asked-for-contact';
  readonly consultation: string;
  readonly messages: readonly string[];
}

export function sealCase(
  world: World,
  leadKey: Uint8Array,
  { inbound }: Situation,
  { level, ...told }: CaseToSeal,
): Effect {
  const at = world.ambient.now();
  return (tx) =>
    openCase(tx, {
      id: world.ambient.newId(),
      level,
      openedOn: isoDay(at, world.installation.timeZone),
      sealedFor: leadKey,
      contents: {
        ...told,
        channel: inbound.channel,
        address: inbound.address,
        at: at.toISOString(),
      },
    });
}
