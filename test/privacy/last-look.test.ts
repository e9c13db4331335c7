/** What is released or destroyed is looked at for harm once more, before the way back is cut. */
import { describe, expect, it } from 'vitest';
import { poolCounts } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import {
  answerOf,
  finish,
  fixtureOfThisFile,
  newConsultation,
  releasedAnswers,
  TODAY,
} from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

describe('the last look for harm', () => {
  async function withTexts(count: number) {
    const consultation = await newConsultation(fixture);
    for (let at = 0; at < count; at++) {
      await finish(fixture, consultation, {
        person: fixture.ambient.newId(),
        payload: { ...answerOf(at), freeText: { why: at % 2 === 0 ? 'harm' : 'fun' } },
        caseLink: Buffer.from(`link-${at}`),
      });
    }
    return consultation;
  }

  it('hands over the way back to each person concerned, before it is cut', async () => {
    const consultation = await withTexts(30);
    const found: string[] = [];
    const screening = {
      screen: (texts: readonly string[]) => (texts.includes('harm') ? ('red' as const) : undefined),
      report: async (_tx: unknown, finding: { level: string; caseLink?: Uint8Array }) => {
        found.push(`${finding.level} ${Buffer.from(finding.caseLink ?? []).toString()}`);
      },
    };
    const tools = { ...fixture.tools, screening };
    await releaseConsultation(tools, { consultation, closing: false });
    const released = await releasedAnswers(fixture.pool, consultation);
    const expected = released
      .filter((answer) => Number(answer.slice('answer-'.length)) % 2 === 0)
      .map((answer) => answer.replace('answer', 'red link'));
    expect(found.sort()).toEqual(expected.sort());
  });

  it('is taken at answers that are destroyed, too', async () => {
    const consultation = await withTexts(4);
    let found = 0;
    const screening = {
      screen: (texts: readonly string[]) =>
        texts.includes('harm') ? ('amber' as const) : undefined,
      report: async () => {
        found++;
      },
    };
    const tools = { ...fixture.tools, screening };
    const report = await releaseConsultation(tools, { consultation, closing: true });
    expect(report.destroyed).toBe(4);
    expect(found).toBe(2);
  });

  it('releases nothing when a finding cannot be reported', async () => {
    const consultation = await withTexts(20);
    const screening = {
      screen: () => 'red' as const,
      report: () => Promise.reject(new Error('no case could be opened')),
    };
    const tools = { ...fixture.tools, screening };
    const asked = releaseConsultation(tools, { consultation, closing: false });
    await expect(asked).rejects.toThrow('no case could be opened');
    expect(await releasedAnswers(fixture.pool, consultation)).toEqual([]);
    expect((await poolCounts(fixture.pool, { consultation, today: TODAY })).finished).toBe(20);
  });
});
