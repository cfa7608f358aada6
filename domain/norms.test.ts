import { describe, expect, it } from 'vitest';

import { defaultNorms, holidaysIn, normPerWeek } from './norms.ts';

describe('norms', () => {
  it('are 5 and 3 posts a week, and one in 28 days for a card page', () => {
    expect(Object.values(defaultNorms).map(normPerWeek)).toEqual([5, 3, 0.25]);
  });

  it('holidays come every year and are cut to the period', () => {
    expect(holidaysIn({ from: '2025-01-05', to: '2026-01-03' }, '')).toEqual([
      { from: '2025-01-05', to: '2025-01-08' },
      { from: '2026-01-01', to: '2026-01-03' },
    ]);
    expect(holidaysIn({ from: '2026-02-01', to: '2026-12-31' }, '')).toEqual([]);
  });

  it('may belong to a sector and reach over the end of the year', () => {
    const holidays = [
      { id: 'school_summer', from: '06-01', to: '08-31', sector: 'education' },
      { id: 'winter', from: '12-30', to: '01-08' },
    ];
    const year = { from: '2026-01-01', to: '2026-12-31' };
    const winter = [
      { from: '2026-01-01', to: '2026-01-08' },
      { from: '2026-12-30', to: '2026-12-31' },
    ];
    expect(holidaysIn(year, 'health', holidays)).toEqual(winter);
    expect(holidaysIn(year, 'education', holidays)).toContainEqual({ from: '2026-06-01', to: '2026-08-31' });
  });
});
