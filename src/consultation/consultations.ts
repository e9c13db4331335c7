/**
 * Consultations: a published flow that is, or was, open for answers under a keyword. This folder
 * alone reads and writes the tables of the schema `consultation`; it knows no person.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface Consultation {
  readonly id: string;
  readonly flow: string;
  readonly version: number;
  /** Folded: lower case, as it is matched. */
  readonly keyword: string;
  readonly state: 'open' | 'closed';
  readonly openedOn: string;
  readonly closedOn?: string;
}

interface Row {
  id: string;
  flow: string;
  version: number;
  keyword: string;
  state: 'open' | 'closed';
  opened_on: string;
  closed_on: string | null;
}

const COLUMNS = `id, flow, version, keyword, state,
  to_char(opened_on, 'YYYY-MM-DD') as opened_on, to_char(closed_on, 'YYYY-MM-DD') as closed_on`;

export async function consultationById(
  tx: Queryable,
  id: string,
): Promise<Consultation | undefined> {
  const { rows } = await tx.query<Row>({
    name: 'consultation-by-id',
    text: `select ${COLUMNS} from consultation.consultation where id = $1`,
    values: [id],
  });
  return rows[0] && fromRow(rows[0]);
}

/** The open consultation of a keyword; the one closed last when none is open. */
export async function consultationByKeyword(
  tx: Queryable,
  keyword: string,
): Promise<Consultation | undefined> {
  const { rows } = await tx.query<Row>({
    name: 'consultation-by-keyword',
    text: `select ${COLUMNS} from consultation.consultation where keyword = $1
           order by (state = 'open') desc, closed_on desc limit 1`,
    values: [keyword],
  });
  return rows[0] && fromRow(rows[0]);
}

export async function listConsultations(tx: Queryable): Promise<readonly Consultation[]> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from consultation.consultation order by opened_on desc, id`,
  );
  return rows.map(fromRow);
}

/** Of any version. */
export async function consultationsOfFlow(
  tx: Queryable,
  flow: string,
): Promise<readonly Consultation[]> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from consultation.consultation where flow = $1`,
    [flow],
  );
  return rows.map(fromRow);
}

export async function insertConsultation(tx: Queryable, one: Consultation): Promise<void> {
  await tx.query(
    `insert into consultation.consultation (id, flow, version, keyword, state, opened_on)
     values ($1, $2, $3, $4, $5, $6)`,
    [one.id, one.flow, one.version, one.keyword, one.state, one.openedOn],
  );
}

/** True when this call closed it; false when it was closed before. */
export async function markClosed(tx: Queryable, id: string, day: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update consultation.consultation set state = 'closed', closed_on = $2
     where id = $1 and state = 'open'`,
    [id, day],
  );
  return rowCount === 1;
}

function fromRow(row: Row): Consultation {
  return {
    id: row.id,
    flow: row.flow,
    version: row.version,
    keyword: row.keyword,
    state: row.state,
    openedOn: row.opened_on,
    ...(row.closed_on === null ? {} : { closedOn: row.closed_on }),
  };
}
