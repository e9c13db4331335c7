/**
 * Applies what a provider reports about an attempt, found by its nonce. A report proves that the
 * message was accepted, even when the answer to the send was lost. States only move forward: a
 * report that comes late, twice or out of order changes nothing.
 */
import type { Pool } from 'pg';
import type { ReportStatus, StatusReport } from '../channel.ts';
import { transaction } from '../platform/postgres.ts';
import { withholdFollowUps } from './follow-ups.ts';
import { rowOf } from './nonce.ts';
import { spareCopies } from './resend.ts';

export interface StatusOptions {
  readonly pool: Pool;
  /** The carrier says that this person wants no more. */
  readonly onOptOut: (personId: string) => Promise<void>;
}

export function createReportStatus({ pool, onOptOut }: StatusOptions): ReportStatus {
  return async (report) => {
    const row = await apply(pool, report);
    if (!row) return 'unknown-nonce';
    if (report.optedOut) await onOptOut(row.person_id);
    return 'known';
  };
}

interface Reported {
  readonly person_id: string;
  /** The row's id; null when the report changed nothing. */
  readonly moved: string | null;
  readonly resent: boolean;
}

/** What follows from a report lands with it, or the provider brings both again. */
function apply(pool: Pool, report: StatusReport): Promise<Reported | undefined> {
  return transaction(pool, async (tx) => {
    const { rows } = await tx.query<Reported>({
      name: 'outbox-status',
      text: REPORT,
      values: [
        rowOf(report.nonce),
        report.nonce,
        report.state,
        report.providerId,
        report.reason ?? null,
      ],
    });
    const row = rows[0];
    if (!row || row.moved === null) return row;
    if (row.resent) await spareCopies(tx, [row.moved]);
    if (NOT_ARRIVED.has(report.state)) await withholdFollowUps(tx, [row.moved]);
    return row;
  });
}

const NOT_ARRIVED: ReadonlySet<string> = new Set(['undelivered', 'failed']);

/** Delivered, undelivered, refused and failed are final. */
const REPORT = `
  with found as (
    select id, person_id from delivery.outbox where id = $1 and nonce = $2
  ),
  moved as (
    update delivery.outbox o
    set state = $3, was_accepted = true,
        provider_id = coalesce(o.provider_id, $4),
        reason = coalesce($5, case when o.state = 'unknown' then null else o.reason end),
        body_ct = null, key_day = null, lease_until = null, worker = null, ended_on = current_date
    where o.id = $1 and o.nonce = $2
      and case o.state
        when 'attempting' then true
        when 'unknown' then true
        when 'accepted' then $3 <> 'accepted'
        when 'sent' then $3 in ('delivered', 'undelivered', 'failed')
        else false
      end
    returning o.id, o.resent
  )
  select found.person_id, moved.id as moved, coalesce(moved.resent, false) as resent
  from found left join moved using (id)`;
