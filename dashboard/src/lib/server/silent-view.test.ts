import { describe, expect, test } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import type { Role } from '#domain/vocabulary.ts';
import { changeSilentFilters, readSilentFilters } from '../silent-filters.ts';
import { ContactBook } from './contacts.ts';
import { shownRows, shownPages, silentList, type SilentList } from './silent-view.ts';
import { organisationForTests, pageForTests, statusesForTests } from '#tests/helpers/current-statuses.ts';

const filters = (query = '') => readSilentFilters(new URLSearchParams(query));
const person = (id: number, name: string) => ({
  ...{ id, name, email: '', phone: `24-55-0${id}` },
  ...noBasis,
});
const bookOf = (...roles: [organisationId: number, personId: number, role: Role][]) =>
  new ContactBook(
    [person(1, 'Ким Сергей'), person(2, 'Петрова Анна'), person(3, 'Орлов Денис')],
    roles.map(([organisationId, personId, role]) => ({ organisationId, personId, role })),
  );
const nobody = bookOf();
const shown = ({ sections }: SilentList) =>
  sections.map(({ group, rows }) => [group, rows.map(({ organisation }) => organisation.id)]);

const mixed = statusesForTests([
  organisationForTests(1, [pageForTests(1, 'active', 1), pageForTests(11, 'dead', 90)]),
  organisationForTests(2, [pageForTests(2, 'stale', 20)], { sector: 'образование' }),
  organisationForTests(3, [pageForTests(3, 'dead', 64)]),
  organisationForTests(4, [pageForTests(4, 'dead')]),
  organisationForTests(5, [pageForTests(5, 'unknown'), pageForTests(51, 'stale', 15)]),
  organisationForTests(6, []),
  organisationForTests(7, [pageForTests(7, 'quiet', 8)], { short: 'Электропрофсоюз' }),
  organisationForTests(8, [pageForTests(8, 'paused', 40)], {
    pause: { from: '2026-11-01', to: '2026-12-01' },
  }),
]);

describe('by organisation', () => {
  test('its best page decides; never a post is the longest silence; what is unread is apart', () => {
    const list = silentList(mixed, nobody, filters());
    expect(shown(list)).toEqual([
      ['silent', [4, 3, 2]],
      ['unknown', [5]],
      ['none', [6]],
      ['quiet', [7]],
      ['paused', [8]],
    ]);
    expect(list.counts).toEqual({ silent: 3, unknown: 1, none: 1, quiet: 1, paused: 1 });
    expect(list.isFirst).toBe(false);
  });

  test('an unread page that a better one hides is found under what is not known, beside its own group too', () => {
    const standings = statusesForTests([
      organisationForTests(1, [pageForTests(1, 'active', 1), pageForTests(11, 'unknown')], {
        sector: 'печать',
      }),
      organisationForTests(2, [pageForTests(2, 'stale', 20), pageForTests(21, 'unknown')]),
      organisationForTests(3, [pageForTests(3, 'unknown'), pageForTests(31, 'unknown')]),
    ]);
    const chosen = silentList(standings, nobody, filters('sector=печать'));
    expect(shown(chosen)).toEqual([['unknown', [1]]]);
    expect(shownPages(chosen).map(({ id }) => id)).toEqual([11]);
    const list = silentList(standings, nobody, filters());
    expect(shown(list)).toEqual([
      ['silent', [2]],
      ['unknown', [1, 2, 3]],
    ]);
    const keys = shownRows(list).map(({ key }) => key);
    expect(keys).toEqual(['organisation-2', 'unread-1', 'unread-2', 'organisation-3']);
    const pagesOf = (query: string) =>
      shownPages(silentList(standings, nobody, filters(query)))
        .map(({ id }) => id)
        .sort((one, other) => one - other);
    expect(pagesOf('group=unknown')).toEqual(pagesOf('group=unknown&view=pages'));
  });

  test('silent pages that a better one hides are counted', () => {
    expect(silentList(mixed, nobody, filters()).elsewhere).toBe(2);
    expect(silentList(mixed, nobody, filters('view=pages')).elsewhere).toBe(0);
  });

  test('it is narrowed by sector, and found by its name, its forms, and its people', () => {
    const book = bookOf([3, 2, 'responsible']);
    expect(shown(silentList(mixed, book, filters('sector=образование')))).toEqual([['silent', [2]]]);
    expect(shown(silentList(mixed, book, filters('search=электропрофсоюза')))).toEqual([['quiet', [7]]]);
    expect(shown(silentList(mixed, book, filters('search=петрова')))).toEqual([['silent', [3]]]);
    // Where everybody may read, people cannot be guessed by searching for them.
    expect(shown(silentList(mixed, null, filters('search=петрова')))).toEqual([]);
  });

  test('it is sorted by silence, name or person, both ways, without a person last', () => {
    const book = bookOf([2, 2, 'responsible'], [3, 1, 'chair']);
    const order = (query: string) => shown(silentList(mixed, book, filters(`group=silent&${query}`)))[0]?.[1];
    expect(order('order=asc')).toEqual([2, 3, 4]);
    expect(order('sort=name')).toEqual([2, 3, 4]);
    expect(order('sort=name&order=desc')).toEqual([4, 3, 2]);
    expect(order('sort=person')).toEqual([3, 2, 4]);
  });
});

test('by page every silent one is there, whatever the others of its organisation do', () => {
  const list = silentList(mixed, nobody, filters('view=pages&group=silent'));
  expect(shownRows(list).map(({ key }) => key)).toEqual(['page-4', 'page-11', 'page-3', 'page-2', 'page-51']);
  expect(shownPages(list).map(({ id }) => id)).toEqual([4, 11, 3, 2, 51]);
});

describe('by person', () => {
  const people = ({ sections }: SilentList) =>
    sections.flatMap((section) =>
      section.people.map((each) => [each.person?.name ?? null, each.rows.map(({ key }) => key)]),
    );

  test('one is called once about everything, the chair where nobody is responsible, and nobody comes first', () => {
    const book = bookOf([2, 2, 'responsible'], [3, 2, 'responsible'], [3, 1, 'chair'], [5, 3, 'chair']);
    const list = silentList(mixed, book, filters('view=people'));
    expect(people(list)).toEqual([
      [null, ['page-4', 'page-11', 'organisation-6']],
      ['Петрова Анна', ['page-3', 'page-2']],
      ['Орлов Денис', ['page-51', 'page-5']],
    ]);
    expect(list.sections[0]).toMatchObject({ group: 'calls', total: 3 });
  });

  test('two who answer for a page have it both', () => {
    const book = bookOf([3, 1, 'responsible'], [3, 2, 'responsible']);
    const list = silentList(mixed, book, filters('view=people&group=silent&search=Ким'));
    expect(people(list)).toEqual([
      ['Ким Сергей', ['page-3']],
      ['Петрова Анна', ['page-3']],
    ]);
  });
});

describe('thousands', () => {
  const many = statusesForTests(
    Array.from({ length: 3000 }, (_, index) =>
      organisationForTests(index + 1, [
        pageForTests(index + 1, index % 2 ? 'stale' : 'unknown', index % 2 ? 20 : null),
      ]),
    ),
  );

  test('are cut to what is read at once, and paged within a group', () => {
    const all = silentList(many, nobody, filters());
    expect(all.sections.map(({ total, rows }) => [total, rows.length])).toEqual([
      [1500, 50],
      [1500, 25],
    ]);
    const group = filters('group=silent');
    const last = silentList(many, nobody, changeSilentFilters(group, { page: 99 }));
    expect([last.page, last.pages]).toEqual([30, 30]);
    const first = silentList(many, nobody, group);
    const ids = new Set([...shownRows(first), ...shownRows(last)].map(({ key }) => key));
    expect(ids.size).toBe(100);
  });

  test('without anybody to call are one entry that says how many there are', () => {
    const list = silentList(many, nobody, filters('view=people'));
    expect(list.sections[0]?.people.map(({ total, rows }) => [total, rows.length])).toEqual([[3000, 20]]);
  });
});

test('before any page was read nobody is listed as unread', () => {
  const unread = (
    id: number,
    reason: 'never_read' | 'unresolved' | 'closed',
    foundAs: 'group_chat' | null = null,
  ) => organisationForTests(id, [pageForTests(id, 'unknown', null, { unread: reason, foundAs })]);
  const isFirst = (...organisations: ReturnType<typeof unread>[]) =>
    silentList(statusesForTests(organisations), nobody, filters()).isFirst;
  expect(isFirst(unread(1, 'never_read'), unread(2, 'unresolved'))).toBe(true);
  expect(isFirst(unread(1, 'never_read'), unread(2, 'closed'))).toBe(false);
  expect(isFirst(unread(1, 'never_read'), unread(2, 'unresolved', 'group_chat'))).toBe(false);
  expect(isFirst(organisationForTests(1, []))).toBe(false);
  expect(isFirst()).toBe(false);
});

test('before any page was read those without one are listed, whom a page can be added to', () => {
  const unread = organisationForTests(1, [pageForTests(1, 'unknown', null, { unread: 'never_read' })]);
  const standings = statusesForTests([unread, organisationForTests(2, [])]);
  for (const query of ['', 'view=pages']) {
    const list = silentList(standings, nobody, filters(query));
    expect([list.isFirst, shown(list)]).toEqual([true, [['none', [2]]]]);
    expect(list.counts).toMatchObject({ unknown: 0, none: 1 });
  }
  const people = silentList(standings, nobody, filters('view=people'));
  expect(shownRows(people).map(({ key }) => key)).toEqual(['organisation-2']);
});
