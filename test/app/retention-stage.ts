/** Heard on a Monday, empty before each test, and what a run of retention says of one store. */
import { afterAll, beforeEach, expect } from 'vitest';
import { retain } from '../../src/app/retention.ts';
import type { Kept } from '../../src/platform/kept.ts';
import { openTestHeard } from '../support/open-test-heard.ts';

/** A Monday, week 2026-W45. */
export const NOW = new Date('2026-11-02T16:30:00Z');

/** One for all tests of a file, with one consultation open, ended with it. */
export async function retentionOfThisFile() {
  const on = await openTestHeard({}, NOW);
  afterAll(() => on[Symbol.asyncDispose]());
  const open = await on.launchFlow('chesham-park');

  /** The first column of every row. */
  async function query(text: string, values: unknown[] = []): Promise<readonly string[]> {
    const { rows } = await on.heard.world.pool.query(text, values);
    return rows.map((row) => String(Object.values(row)[0]));
  }

  /** Runs retention, and gives its line for the store whose name begins so. */
  async function kept(store: string): Promise<Kept> {
    const { kept: all, failed } = await retain(on.heard);
    expect(failed).toEqual([]);
    const one = all.find((line) => line.store.startsWith(store));
    if (!one) throw new Error(`no line for ${store}`);
    return one;
  }

  beforeEach(async () => {
    await query(
      `truncate conv.person, conv.participation, conv.invitation, conv.conversation, conv.seen,
         contact.address, contact.suppression, delivery.outbox, delivery.content, delivery.total,
         delivery.provider_copy, resp.free_text, safe.case, feedback.broadcast, feedback.rating_due
       restart identity cascade`,
    );
  });
  return { on, open, query, kept };
}
