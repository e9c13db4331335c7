/** The consultation that an officer names: by its id, or by the keyword that people text. */
import {
  type Consultation,
  consultationById,
  consultationByKeyword,
} from '../consultation/consultations.ts';
import { fold } from '../flow/fold.ts';
import type { Queryable } from '../platform/postgres.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function findConsultation(
  tx: Queryable,
  named: string,
): Promise<Consultation | undefined> {
  return UUID.test(named) ? consultationById(tx, named) : consultationByKeyword(tx, fold(named));
}

export function noConsultation(named: string): { kind: 'refused'; reasons: readonly string[] } {
  const shown = named.replace(/[^\w-]/g, '').slice(0, 40);
  return {
    kind: 'refused',
    reasons: [`There is no consultation "${shown}". "heard status" lists them.`],
  };
}
