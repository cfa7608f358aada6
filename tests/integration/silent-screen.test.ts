import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Reach } from '#domain/reach.ts';
import { silentScreen } from '#dashboard/src/lib/server/silent-screen.ts';
import { readSilentFilters } from '#dashboard/src/lib/silent-filters.ts';
import { silentActions } from '#dashboard/src/lib/server/silent-actions.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { EditRefused } from '#register/edits/problems.ts';
import { revertEdit } from '#register/edits/revert-edit.ts';
import { testActor } from '#register/register-for-tests.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { outcomeRow, postRow } from '../helpers/observed-rows.ts';
import { readerWhere } from '../helpers/readers.ts';
import {
  morning,
  openSilentScreenFixture,
  type Action,
  type Fields,
  type SilentScreenFixture,
} from '../helpers/silent-screen-fixture.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('forms of every kind are sent');

const actions = Object.keys(silentActions) as Action[];

let fixture: SilentScreenFixture;
beforeAll(async () => {
  fixture = await openSilentScreenFixture();
});
afterAll(async () => {
  await fixture.close();
});
beforeEach(() => {
  fixture.turnTo(morning);
  fixture.openTo(false);
});

describe('the list', () => {
  test('says who is silent since which post, and whom to call', async () => {
    const { list, details, registered } = await fixture.screen();
    expect(list.counts).toEqual({ silent: 2, unknown: 0, none: 1, quiet: 0, paused: 0 });
    expect(registered).toBe(4);
    expect(await fixture.rowOf('А')).toMatchObject({
      status: 'stale',
      days: 24,
      people: { responsible: [{ name: 'Петрова Анна Ивановна', phone: '+7 914 000-00-01' }], chair: [] },
    });
    expect(await fixture.rowOf('Б')).toMatchObject({
      people: { responsible: [], chair: [{ name: 'Ким Сергей' }] },
    });
    expect(details.get(1)?.lastPost).toMatchObject({ text: 'Собрание', url: 'https://vk.com/wall-1001_1' });
  });

  test('gives what everybody may read neither a contact nor an edit, whatever is asked', async () => {
    await fixture.done('pause', {
      organisation: '4',
      from: '2026-12-01',
      to: '2026-12-02',
      reason: 'Тайная причина',
    });
    for (const query of [
      '',
      'view=people',
      'view=pages&sort=person',
      'form=remind-1&at=organisation-1',
      'form=contacts-1',
      'form=appoint-1',
      'form=pause-4',
      'done=1&undone=1',
    ]) {
      const open = await fixture.screen(query, true);
      expect(open.edits).toBeNull();
      const payload = JSON.stringify([open, [...open.details]]);
      expect(payload).not.toMatch(/Петров|Ким|914 000|example\.org|Тайная/);
      expect(open.filters).toMatchObject({ open: null, done: null, undone: null });
    }
    expect((await fixture.screen('search=Петрова', true)).list.sections).toEqual([]);
  });

  test('takes no edit where everybody may read', async () => {
    for (const action of actions) {
      fixture.openTo(true);
      const fields = {
        organisation: '1',
        from: '2026-12-01',
        to: '2026-12-02',
        reason: 'р',
        page: '1',
        entry: '1',
      };
      expect((await fixture.send(action, fields)).refused).toMatchObject({
        status: 403,
        data: { isForbidden: true },
      });
    }
    expect((await fixture.rowOf('А'))?.status).toBe('stale');
  });
});

describe('a reminder', () => {
  test('is about all silent pages of a person, and tells what happened after it', async () => {
    const { edits } = await fixture.screen('form=remind-1&at=organisation-1');
    expect(edits?.form).toMatchObject({
      action: 'remind',
      isChair: false,
      person: { name: 'Петрова Анна Ивановна' },
      pages: [{ page: { id: 1, daysSilent: 24 }, organisation: { short: 'А' } }],
    });
    const entry = await fixture.done('remind', {
      person: '1',
      page: '1',
      channel: 'phone',
      note: 'обещала завтра',
    });
    const after = async () => (await fixture.screen()).edits?.reminders.get('organisation-1');
    expect(await after()).toMatchObject({
      person: 'Петрова Анна Ивановна',
      channel: 'phone',
      note: 'обещала завтра',
      postsSince: { posts: 0, isKnown: false },
    });

    fixture.turnTo('2026-11-27T02:00:00Z');
    await insertOutcomes(fixture.observations, [outcomeRow(1, '2026-11-27T01:00:00Z')]);
    expect((await after())?.postsSince).toMatchObject({ posts: 0, isKnown: true });
    await insertPosts(fixture.observations, [postRow(1, 2, '2026-11-26T03:00:00Z')]);
    expect((await after())?.postsSince).toEqual({
      posts: 1,
      first: new Date('2026-11-26T03:00:00Z'),
      isKnown: true,
      pages: 1,
      unread: 0,
    });
    expect((await fixture.screen()).edits?.recent[0]).toMatchObject({
      summary: { kind: 'remind', organisations: ['А'] },
      postsSince: { posts: 1 },
    });
    await fixture.undo(entry);
    expect(await after()).toBeUndefined();
  });

  test('goes to the chair where nobody is responsible', async () => {
    expect((await fixture.screen('form=remind-2')).edits?.form).toMatchObject({
      isChair: true,
      pages: [{ organisation: { short: 'Б' } }],
    });
  });

  test('is signed by the federation, or by the top of those whom its writer edits', async () => {
    const signedBy = async (ids?: number[]) => {
      const reach = ids ? new Reach(ids.join(), new Set(ids)) : null;
      const reader = { ...readerWhere({ publicDashboard: false }), reach: () => reach };
      const filters = readSilentFilters(new URLSearchParams('form=remind-1'));
      const { edits } = await silentScreen(fixture.openTo(false), reader, filters);
      return edits?.form && 'signedBy' in edits.form ? edits.form.signedBy : null;
    };
    expect(await signedBy()).toMatchObject({ kind: 'federation' });
    expect(await signedBy([1])).toEqual({ kind: 'members', names: ['А'] });
    // Who is responsible for both is written to for both.
    expect(await signedBy([1, 3])).toEqual({ kind: 'members', names: ['А', 'В'] });
    const putBelow = async (parentId: number | null) =>
      await fixture.operations.db
        .updateTable('organisations')
        .set({ parentId })
        .where('id', 'in', [1, 3])
        .execute();
    await putBelow(4);
    expect(await signedBy([1, 3, 4])).toEqual({ kind: 'members', names: ['Г'] });
    expect(await signedBy([1])).toEqual({ kind: 'members', names: ['А'] });
    await putBelow(null);
  });

  test('of nothing, to nobody or by no known way is refused', async () => {
    const problems = async (fields: Fields) => (await fixture.send('remind', fields)).refused?.data;
    expect(await problems({ person: '1', page: '1', channel: 'pigeon' })).toMatchObject({
      problems: [{ field: 'channel', code: 'missing' }],
    });
    expect(await problems({ person: '1', channel: 'mail' })).toMatchObject({
      problems: [{ code: 'no_pages' }],
    });
    expect(await problems({ person: '99', page: ['1', '2'], channel: 'mail' })).toMatchObject({
      problems: [{ code: 'not_there' }],
      values: { page: ['1', '2'] },
    });
  });
});

test('the journal holds more than edits; what is none is no notice', async () => {
  const { edits } = await fixture.screen('done=1&undone=99999');
  expect([edits?.done, edits?.undone]).toEqual([null, null]);
});

test('a damaged entry of the journal is named, and takes nothing else with it', async () => {
  const { operations } = fixture;
  const entry = {
    at: new Date(morning),
    who: 'somebody',
    what: 'pause.agreed',
    subject: 'pause:1',
    before: null,
  };
  const [wrong, broken] = await appendJournal(operations, [
    { ...entry, after: { id: 'seven' } },
    { ...entry, after: {} },
  ]);
  await operations.db
    .updateTable('journal')
    .set({ after: '{"id": 1, "org' })
    .where('id', '=', broken ?? 0)
    .execute();
  const { edits } = await fixture.screen(`done=${broken}`);
  expect(edits?.done).toBeNull();
  expect(edits?.recent.slice(0, 2).map(({ id, summary }) => [id, summary])).toEqual([
    [broken, null],
    [wrong, null],
  ]);
  await expect(revertEdit(operations, wrong ?? 0, testActor)).rejects.toBeInstanceOf(EditRefused);
});
