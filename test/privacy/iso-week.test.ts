/** The finest time that is stored with an answer. */
import { describe, expect, it } from 'vitest';
import { isoWeek } from '../../src/privacy/iso-week.ts';

describe('the ISO week', () => {
  it('belongs to the year of its Thursday', () => {
    expect(isoWeek('2026-11-02')).toBe('2026-W45');
    expect(isoWeek('2027-01-03')).toBe('2026-W53');
    expect(isoWeek('2024-12-30')).toBe('2025-W01');
    expect(isoWeek('2026-01-01')).toBe('2026-W01');
  });
});
