import { describe, expect, it } from 'vitest';

import { defaultNorms } from './norms.ts';
import { addDays, startOfDay } from './period.ts';
import { betterStatus, daysSilent, organisationStatus, pageStatus, statusWindow } from './status.ts';
import type { PageStatusInput, StatusContext } from './status.ts';
import type { PageState, Tier } from './vocabulary.ts';

const zone = 'Asia/Irkutsk';
const today = '2026-03-18';
const at = (day: string, hour = 12) => new Date(startOfDay(day, zone).getTime() + hour * 3_600_000);

const context = (changes: Partial<StatusContext> = {}, tier: Tier = 'active'): StatusContext => ({
  norm: defaultNorms[tier],
  period: { from: '2026-03-16', to: '2026-03-22' },
  now: at(today),
  zone,
  started: null,
  pauses: [],
  holidays: [],
  ...changes,
});

const page = (silentDays: number | null, changes: Partial<PageStatusInput> = {}): PageStatusInput => ({
  state: 'ok',
  lastSuccess: at(today, 11),
  plannedInterval: 3_600_000,
  lastPostDay: silentDays === null ? null : addDays(today, -silentDays),
  historyReached: '2025-01-01',
  postsInStatusWindow: 12,
  ...changes,
});

describe('the status of a page', () => {
  it.each([
    ['active', 0, 'active'],
    ['active', 6, 'active'],
    ['active', 7, 'quiet'],
    ['active', 13, 'quiet'],
    ['active', 14, 'stale'],
    ['active', 29, 'stale'],
    ['active', 30, 'dead'],
    ['flagship', 0, 'slow'],
    ['flagship', 7, 'quiet'],
    ['card', 30, 'active'],
    ['card', 31, 'quiet'],
    ['card', 44, 'quiet'],
    ['card', 45, 'stale'],
    ['card', 89, 'stale'],
    ['card', 90, 'dead'],
  ] as const)('%s, silent for %i days: %s', (tier, days, status) => {
    expect(pageStatus(page(days), context({}, tier))).toEqual({
      status,
      statusReason: null,
      daysSilent: days,
    });
  });

  it('looks at the 28 full days before for the frequency', () => {
    expect(statusWindow(defaultNorms.active, context().period, today)).toEqual({
      from: '2026-02-18',
      to: '2026-03-17',
    });
    expect(statusWindow(defaultNorms.card, { from: '2026-01-01', to: '2026-01-31' }, today)).toEqual({
      from: '2025-11-03',
      to: '2026-01-31',
    });
    expect(pageStatus(page(1, { postsInStatusWindow: 11 }), context()).status).toBe('slow');
    expect(pageStatus(page(1, { postsInStatusWindow: 20 }), context({}, 'flagship')).status).toBe('active');
  });

  it('measures the frequency over tracked days only', () => {
    const few = page(1, { postsInStatusWindow: 6 });
    expect(pageStatus(few, context({ started: '2026-03-04' })).status).toBe('active');
    expect(pageStatus({ ...few, historyReached: '2026-03-03' }, context()).status).toBe('slow');
    expect(pageStatus(few, context({ holidays: [{ from: '2026-02-18', to: '2026-03-03' }] })).status).toBe(
      'active',
    );
    expect(pageStatus(page(0, { postsInStatusWindow: 0 }), context({ started: today })).status).toBe(
      'active',
    );
  });

  it('leaves agreed pauses out of silence, and holidays out of its thresholds', () => {
    const tenDays = { from: '2026-03-01', to: '2026-03-10' };
    expect(pageStatus(page(20), context({ pauses: [tenDays] }))).toMatchObject({
      status: 'quiet',
      daysSilent: 10,
    });
    expect(pageStatus(page(20), context({ holidays: [tenDays] }))).toMatchObject({
      status: 'quiet',
      daysSilent: 20,
    });
    expect(
      pageStatus(
        page(20),
        context({ pauses: [tenDays], holidays: [{ from: '2026-03-05', to: '2026-03-14' }] }),
      ),
    ).toMatchObject({
      status: 'active',
      daysSilent: 10,
    });
  });

  it('is paused within an agreed pause, whatever else there is', () => {
    const pauses = [{ from: '2026-03-18', to: '2026-03-31' }];
    expect(pageStatus(page(40), context({ pauses }))).toEqual({
      status: 'paused',
      statusReason: null,
      daysSilent: 39,
    });
    expect(pageStatus(page(1, { state: 'closed' }), context({ pauses })).status).toBe('paused');
    expect(pageStatus(page(1), context({ pauses: [{ from: '2026-03-01', to: '2026-03-17' }] })).status).toBe(
      'active',
    );
  });

  it.each<PageState>(['closed', 'deleted', 'blocked', 'not_found', 'taken_over', 'moved', 'unresolved'])(
    'is unknown for a page that is %s',
    (state) => {
      expect(pageStatus(page(1, { state }), context())).toEqual({
        status: 'unknown',
        statusReason: state,
        daysSilent: null,
      });
    },
  );

  it('is unknown without a successful look within 3 planned intervals of a day at most', () => {
    const unknown = { status: 'unknown', statusReason: 'no_observation', daysSilent: null };
    const looked = (hours: number, plannedInterval: number | null) =>
      pageStatus(
        page(1, { lastSuccess: new Date(at(today).getTime() - hours * 3_600_000), plannedInterval }),
        context(),
      );
    expect(pageStatus(page(1, { lastSuccess: null }), context())).toEqual(unknown);
    expect(looked(3, 3_600_000).status).toBe('active');
    expect(looked(3.1, 3_600_000)).toEqual(unknown);
    expect(looked(72, 7 * 24 * 3_600_000).status).toBe('active');
    expect(looked(72.1, 7 * 24 * 3_600_000)).toEqual(unknown);
    expect(looked(72, null).status).toBe('active');
  });

  it('counts silence up to the last successful look', () => {
    expect(
      pageStatus(page(9, { lastSuccess: at(addDays(today, -2), 13), plannedInterval: null }), context())
        .daysSilent,
    ).toBe(7);
  });

  it('of a past period is that of its end, by what has been read since', () => {
    const past = context({ period: { from: '2026-01-01', to: '2026-01-31' } });
    expect(pageStatus(page(0, { lastPostDay: '2026-01-20' }), past)).toEqual({
      status: 'quiet',
      statusReason: null,
      daysSilent: 11,
    });
    expect(
      pageStatus(page(0, { lastPostDay: '2026-01-20', lastSuccess: at('2026-01-25') }), past).status,
    ).toBe('unknown');
  });

  it('is dead without a post when enough of the history is read, else nothing is claimed', () => {
    expect(pageStatus(page(null), context())).toEqual({
      status: 'dead',
      statusReason: null,
      daysSilent: null,
    });
    expect(pageStatus(page(null, { historyReached: '2026-03-01' }), context()).status).toBe('unknown');
    expect(pageStatus(page(null, { historyReached: null }), context()).statusReason).toBe('no_observation');
    expect(pageStatus(page(null, { historyReached: '2026-04-01' }), context()).status).toBe('unknown');
  });
});

describe('the status of an organisation', () => {
  it('is its best page’s, and unknown forbids to claim silence', () => {
    expect(organisationStatus([page(40), page(8)], context())).toEqual({
      status: 'quiet',
      statusReason: null,
      daysSilent: 8,
    });
    expect(organisationStatus([page(40), page(1, { state: 'closed' })], context())).toEqual({
      status: 'unknown',
      statusReason: 'closed',
      daysSilent: null,
    });
    expect(organisationStatus([page(2, { state: 'closed' }), page(3)], context())).toMatchObject({
      status: 'active',
      daysSilent: 2,
    });
    expect(organisationStatus([page(null), page(40)], context())).toMatchObject({
      status: 'dead',
      daysSilent: 40,
    });
    expect(organisationStatus([page(null)], context())).toMatchObject({ status: 'dead', daysSilent: null });
    expect(organisationStatus([], context())).toEqual({
      status: 'none',
      statusReason: null,
      daysSilent: null,
    });
  });

  it('the better of two comes first in the order of statuses', () => {
    expect(betterStatus('dead', 'unknown')).toBe('unknown');
    expect(betterStatus('paused', 'quiet')).toBe('paused');
  });
});

describe('days silent', () => {
  it('are differences of local days', () => {
    expect(daysSilent('2026-02-27', '2026-03-01', [])).toBe(2);
    expect(daysSilent('2026-03-01', '2026-03-01', [])).toBe(0);
    expect(daysSilent('2026-03-02', '2026-03-01', [])).toBe(0);
    expect(daysSilent('2026-03-01', '2026-03-11', [{ from: '2026-02-20', to: '2026-03-05' }])).toBe(6);
  });
});
