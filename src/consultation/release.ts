/**
 * The release of every consultation, with the last look for harm while the way back to a person
 * still exists. The nightly sweep and `heard release` are this one function.
 */
import type { Pool } from 'pg';
import type { Ambient } from '../platform/ambient.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import { type ReleaseReport, releaseAll } from '../privacy/release.ts';
import type { Screening } from '../privacy/release-tools.ts';
import { openCaseFromLink } from '../safeguarding/cases.ts';
import { detect } from '../safeguarding/detect.ts';
import { listConsultations } from './consultations.ts';

export interface ReleaseDeps {
  readonly pool: Pool;
  readonly keys: KeyHolder;
  readonly ambient: Ambient;
  readonly timeZone: string;
  readonly min: number;
  readonly leadKey?: Uint8Array;
}

export async function release(deps: ReleaseDeps): Promise<readonly ReleaseReport[]> {
  const consultations = await listConsultations(deps.pool);
  const closed = consultations.filter((one) => one.state === 'closed').map((one) => one.id);
  return releaseAll({ ...deps, screening: screening(deps) }, new Set(closed));
}

/** What was typed is looked at once more; a hit goes to the lead by the link that waits beside it. */
function screening({ ambient, timeZone, leadKey }: ReleaseDeps): Screening {
  return {
    screen: (texts) => {
      const found = texts.map((text) => detect(text)?.level);
      return found.includes('red') ? 'red' : found.includes('amber') ? 'amber' : undefined;
    },
    report: async (tx: Queryable, { level, texts, caseLink }) => {
      if (!caseLink || !leadKey) return;
      await openCaseFromLink(tx, {
        id: ambient.newId(),
        level,
        openedOn: isoDay(ambient.now(), timeZone),
        caseLink,
        told: { sealedFor: leadKey, texts },
      });
    },
  };
}
