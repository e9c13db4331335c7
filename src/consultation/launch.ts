/**
 * Launching: a checked flow becomes a consultation that people can join. It is refused, with
 * reasons, when the check has errors, the promise is incomplete, the version was published with
 * other content or the keyword is taken. Nothing is written when it is refused.
 */
import { checkFlow } from '../flow/check/check-flow.ts';
import type { Flow } from '../flow/flow.ts';
import { fold } from '../flow/fold.ts';
import type { Problem } from '../flow/load.ts';
import type { Ambient } from '../platform/ambient.ts';
import { record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import { createPool } from '../privacy/pool.ts';
import { type Consultation, consultationByKeyword, insertConsultation } from './consultations.ts';
import type { FlowStore } from './flow-store.ts';
