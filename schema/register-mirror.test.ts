import { describe, expect, test } from 'vitest';
import type { MemberCount } from './operations/members.ts';
import type { Organisation } from './operations/organisations.ts';
import type { Page } from './operations/pages.ts';
import type { Pause } from './operations/pauses.ts';
import { registeredPage } from '#tests/helpers/looks.ts';
import { mirrorOfOrganisation, mirrorOfPage, touchesMirror } from './register-mirror.ts';

const now = new Date('2026-03-10T05:00:00Z');
const page: Page = registeredPage({
  link: 'https://vk.com/union',
  historyReached: '2025-06-01',
  addedAt: now,
});

const organisation: Organisation = {
  id: 2,
  parentId: null,
  council: '',
  name: 'Обком',
  short: '',
  level: 'branch',
  sector: '',
  municipality: '',
  tier: 'active',
  started: null,
  league: '',
  createdAt: now,
  removedAt: null,
};

const pause = (from: string, to: string): Pause => ({ id: 1, organisationId: 2, from, to, reason: 'отпуск' });
const count = (on: string, members: number): MemberCount => ({ organisationId: 2, on, count: members });

describe('a page', () => {
  test.each<[Partial<Page>, string]>([
    [{}, 'https://vk.com/club77'],
    [{ nativeId: null }, 'https://vk.com/union'],
    [{ nativeId: null, name: null }, 'https://vk.com/union'],
    [{ network: 'telegram', nativeId: 1_500_000_001, link: 'https://t.me/old' }, 'https://t.me/union'],
    // A channel that gave up its name: it is known, and has no address by it.
    [
      { network: 'telegram', nativeId: 1_500_000_001, name: null, link: 'https://t.me/old' },
      'https://t.me/old',
    ],
    [
      { network: 'site', nativeId: null, name: null, link: 'https://union.example/' },
      'https://union.example/',
    ],
  ])('%j has the address by which it is known', (change, url) => {
    expect(mirrorOfPage({ ...page, ...change })).toMatchObject({ row: { url }, setAside: [] });
  });

  test('says what it turned out to be, and whether it is out of the register', () => {
    const removed = { ...page, foundAs: 'group_chat' as const, removedAt: now };
    expect(mirrorOfPage(removed).row).toMatchObject({ foundAs: 'group_chat', isDeleted: true });
  });

  test('of which something cannot be kept has it unknown, or is set aside', () => {
    const odd = { ...page, stateSince: new Date('soon'), historyReached: '0026-01-01' };
    expect(mirrorOfPage(odd)).toMatchObject({
      row: { stateSince: null, historyReached: null, title: 'Профсоюз' },
      setAside: [
        { kind: 'value', pageId: 4, found: 'state_since' },
        { kind: 'value', pageId: 4, found: 'history_reached' },
      ],
    });
    expect(mirrorOfPage({ ...page, nativeId: -5 })).toEqual({
      row: null,
      setAside: [
        { kind: 'page', organisationId: 2, pageId: 4, name: 'https://vk.com/union', found: 'native_id' },
      ],
    });
  });

  test('of which a word is none of the known ones is set aside', () => {
    const unknown = { ...page, state: 'nonsense' as Page['state'] };
    expect(mirrorOfPage(unknown)).toMatchObject({ row: null, setAside: [{ kind: 'page', found: 'state' }] });
  });

  test('is copied again by what a reader of the copy sees', () => {
    expect(touchesMirror({ foundAs: 'bot' })).toBe(true);
    expect(touchesMirror({ title: '' })).toBe(true);
    expect(touchesMirror({ lastSuccess: now, failedLooks: 1, nextDue: null })).toBe(false);
  });
});

describe('an organisation', () => {
  test('of an unknown tier or level is set aside, and named', () => {
    const tier = mirrorOfOrganisation({ ...organisation, tier: 'nonsense' as Organisation['tier'] }, [], []);
    expect(tier).toMatchObject({ row: null, setAside: [{ kind: 'organisation', found: 'tier' }] });
    const level = mirrorOfOrganisation({ ...organisation, level: 'x' as Organisation['level'] }, [], []);
    expect(level).toMatchObject({ row: null, setAside: [{ kind: 'organisation', found: 'level' }] });
  });

  test('has its counts and pauses as dated series', () => {
    const { row, setAside } = mirrorOfOrganisation(
      organisation,
      [count('2025-01-01', 500), count('2026-01-01', 510)],
      [pause('2026-07-01', '2026-07-31')],
    );
    expect(row).toEqual({
      organisationId: 2,
      parentId: null,
      council: '',
      name: 'Обком',
      short: '',
      level: 'branch',
      sector: '',
      municipality: '',
      tier: 'active',
      started: null,
      league: '',
      membersOn: ['2025-01-01', '2026-01-01'],
      members: [500, 510],
      pausesFrom: ['2026-07-01'],
      pausesTo: ['2026-07-31'],
      isDeleted: false,
    });
    expect(setAside).toEqual([]);
  });

  test.each([
    pause('0026-11-30', '0026-12-10'),
    pause('0026-11-30', '2026-12-10'),
    pause('2026-11-30', '2300-01-01'),
    pause('soon', 'later'),
  ])('is there without the pause $from to $to, which is named', (bad) => {
    const mirrored = mirrorOfOrganisation(organisation, [], [bad, pause('2026-07-01', '2026-07-31')]);
    expect(mirrored.row).toMatchObject({ pausesFrom: ['2026-07-01'], pausesTo: ['2026-07-31'] });
    expect(mirrored.setAside).toEqual([
      { kind: 'pause', organisationId: 2, pageId: null, name: 'Обком', found: `${bad.from} – ${bad.to}` },
    ]);
  });

  test.each([
    { ...count('1500-01-01', 5), kind: 'members' },
    { ...count('2026-01-01', 4_294_967_296), kind: 'member_count' },
    { ...count('2026-01-01', -1), kind: 'member_count' },
    { ...count('', 5), kind: 'members' },
  ])('is there without the count $count of $on, which is named: $kind', ({ kind, ...bad }) => {
    const { row, setAside } = mirrorOfOrganisation(organisation, [bad, count('2026-02-01', 7)], []);
    expect(row).toMatchObject({ membersOn: ['2026-02-01'], members: [7] });
    expect(setAside).toMatchObject([{ kind, found: `${bad.on}: ${bad.count}` }]);
  });

  test('of which something cannot be kept has it unknown, or is set aside', () => {
    expect(mirrorOfOrganisation({ ...organisation, started: '1500-01-01' }, [], [])).toMatchObject({
      row: { started: null },
      setAside: [{ kind: 'value', found: 'started' }],
    });
    expect(mirrorOfOrganisation({ ...organisation, parentId: -1 }, [], [])).toMatchObject({
      row: null,
      setAside: [{ kind: 'organisation', found: 'parent_id' }],
    });
  });
});
