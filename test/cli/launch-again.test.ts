/** A launch that ended before it had invited anybody goes on where it was; one that had does not. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { holdCap } from '../../src/delivery/contact-cap.ts';
import { inSession } from '../../src/platform/postgres.ts';
import { audience, commandStageOfThisFile, PARK } from './command-stage.ts';

const on = commandStageOfThisFile();

test('killed between its two halves, it is finished by running it again', async () => {
  const csv = await on.file('people.csv', audience(20));
  await inSession(on.pool, async (session) => {
    await session.transaction(async (tx) => {
      // The second half waits here.
      await holdCap(tx);
      const launching = on.begin(['launch', PARK, '--audience', csv]);
      await expect.poll(() => waiting(), { timeout: 60_000 }).toBe(1);
      launching.kill('SIGKILL');
      await once(launching, 'exit');
    });
  });
  await expect.poll(() => waiting(), { timeout: 60_000 }).toBe(0);
  expect(await on.rowsOf('consultation.consultation')).toBe(1);
  expect(await on.rowsOf('delivery.broadcast')).toBe(0);

  const alone = await on.heard(['launch', PARK]);
  expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('open already as PARK')]);
  const other = (await readFile(PARK, 'utf8')).replace('Skate ramp', 'Skating ramp');
  const changed = await on.heard([
    'launch',
    await on.file('changed.flow.yaml', other),
    '--audience',
    csv,
  ]);
  expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('is in use')]);
  const dry = await on.heard(['launch', PARK, '--audience', csv, '--dry-run']);
  expect(dry.out).toContain('this goes on from there');
  expect(await on.rowsOf('delivery.broadcast')).toBe(0);

  const again = await on.heard(['launch', PARK, '--audience', csv]);
  expect(again.err).toBe('');
  expect(again.out).toContain('this goes on from there');
  expect(again.out).toContain('20 invitations are planned');
  expect(await on.rowsOf('consultation.consultation')).toBe(1);
  expect(await on.rowsOf('delivery.outbox')).toBe(20);

  const third = await on.heard(['launch', PARK, '--audience', csv]);
  expect([third.code, third.err]).toEqual([1, expect.stringContaining('open already as PARK')]);
  expect(await on.rowsOf('delivery.outbox')).toBe(20);
});

test('without an audience it is launched also where the ceiling has been passed', async () => {
  const env = { HEARD_SPEND_CEILING_POUNDS: '0.01' };
  const { spending } = JSON.parse((await on.heard(['status', '--json'], env)).out);
  expect(spending.planned).toBeGreaterThan(spending.ceiling);
  const ran = await on.heard(['launch', 'flows/have-your-say.flow.yaml'], env);
  expect([ran.code, ran.err]).toEqual([0, '']);
});

async function waiting(): Promise<number> {
  const { rows } = await on.pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`,
  );
  return rows[0]?.waiting ?? 0;
}
