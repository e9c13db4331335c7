/** Consultations, their scripts and their rounded figures: what was asked stays, so that answers can be read. */
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

export function keepConsultations(db: Queryable): Store {
  return {
    store: 'consultations, with rounded figures',
    rule: 'what was asked: the answers cannot be read without it',
    forGood: true,
    tables: ['consultation.consultation', 'consultation.flow_version', 'consultation.figure'],
    keep: async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(opened_on)::text as oldest from consultation.consultation',
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}
