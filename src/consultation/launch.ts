/**
 * Launching: a checked flow becomes a consultation that people can join. It is refused, with
 * reasons, when the check has errors, the promise is incomplete, the version was published with
 * other content or the keyword is taken. Nothing is written when it is refused.
 */
import type { Pool } from 'pg';
import type { FlowDocument } from '../flow/document.ts';
import type { Flow } from '../flow/flow.ts';
import { fold } from '../flow/fold.ts';
import type { Ambient } from '../platform/ambient.ts';
import { type Actor, record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import { createPool } from '../privacy/pool.ts';
import { type Consultation, consultationByKeyword, insertConsultation } from './consultations.ts';
import type { FlowStore } from './flow-store.ts';
import { MOST_PAYLOAD_BYTES, payloadSize } from './payload.ts';

export interface Launch {
  /** Checked, without an error. */
  readonly document: FlowDocument;
  readonly flow: Flow;
  readonly actor: Actor;
}

export type Launched =
  | { readonly kind: 'launched'; readonly consultation: Consultation }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export interface LaunchDeps {
  readonly pool: Pool;
  readonly keys: KeyHolder;
  readonly flows: FlowStore;
  readonly ambient: Ambient;
  readonly timeZone: string;
}

/** The flow has passed its check; what only the database knows is asked here. */
export async function launch(
  deps: LaunchDeps,
  { flow, document, actor }: Launch,
): Promise<Launched> {
  const reasons = reasonsAgainst(flow);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  return transaction(deps.pool, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('heard launch'))`);
    const place = await placeFor(tx, deps.flows, { flow, document });
    if (place.kind !== 'free') return { kind: 'refused', reasons: [place.reason] };
    const now = deps.ambient.now();
    const published = await deps.flows.publish(tx, document, now);
    if (published.kind === 'version-taken') {
      return {
        kind: 'refused',
        reasons: [
          `Version ${flow.version} of "${flow.id}" was published with other content. Give it a new version number.`,
        ],
      };
    }
    const consultation: Consultation = {
      id: deps.ambient.newId(),
      flow: flow.id,
      version: flow.version,
      keyword: fold(flow.keyword),
      state: 'open',
      openedOn: isoDay(now, deps.timeZone),
    };
    await insertConsultation(tx, consultation);
    await createPool(tx, deps.keys, { consultation: consultation.id, blobSize: payloadSize(flow) });
    await record(tx, { actor, action: 'launched', object: 'consultation', at: now });
    return { kind: 'launched', consultation };
  });
}

function reasonsAgainst(flow: Flow): readonly string[] {
  const reasons: string[] = [];
  if (!flow.promise) reasons.push('The promise is not complete.');
  if (payloadSize(flow) > MOST_PAYLOAD_BYTES) {
    reasons.push('The written answers of this flow could be too long together. Lower max_length.');
  }
  return reasons;
}

/** What stands under the keyword of a flow that is to be launched. */
export type Place =
  | { readonly kind: 'free' }
  /** This very flow, version and content, open since an earlier launch. */
  | { readonly kind: 'itself'; readonly consultation: Consultation; readonly reason: string }
  | { readonly kind: 'taken'; readonly reason: string };

export async function placeFor(
  db: Queryable,
  flows: FlowStore,
  { flow, document }: Pick<Launch, 'flow' | 'document'>,
): Promise<Place> {
  const consultation = await consultationByKeyword(db, fold(flow.keyword));
  if (consultation?.state !== 'open') return { kind: 'free' };
  const isItself =
    consultation.flow === flow.id &&
    consultation.version === flow.version &&
    (await flows.isPublished(db, document));
  return isItself
    ? {
        kind: 'itself',
        consultation,
        reason: `This flow is open already as ${flow.keyword}. Close it first to launch it once more.`,
      }
    : {
        kind: 'taken',
        reason: `The keyword ${flow.keyword} is in use by another open consultation. Close that one first or choose another word.`,
      };
}
