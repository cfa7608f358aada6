import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentActions } from '../../dashboard/src/lib/server/silent-actions.ts';
import { insertOutcomes } from '../../schema/observations/tables/outcomes.ts';
import { EditRefused } from '../../register/edits.ts';
import { undoEdit } from '../../register/undo.ts';
import { insertPosts } from '../../schema/observations/tables/posts.ts';
import { appendJournal } from '../../schema/operations/journal.ts';
import { outcomeRow, postRow } from '../helpers/observed-rows.ts';
import {
  morning,
  openSilentDesk,
  type Action,
  type Fields,
  type SilentDesk,
} from '../helpers/silent-desk.ts';

const actions = Object.keys(silentActions) as Action[];

let desk: SilentDesk;
beforeAll(async () => {
  desk = await openSilentDesk();
});
afterAll(async () => {
  await desk.close();
});
beforeEach(() => {
  desk.turnTo(morning);
  desk.openTo(false);
});

describe('the list', () => {
  test('says who is silent since which post, and whom to call', async () => {
    const { list, details, registered } = await desk.screen();
    expect(list.counts).toEqual({ silent: 2, unknown: 0, none: 1, quiet: 0, paused: 0 });
    expect(registered).toBe(4);
    expect(await desk.lineOf('А')).toMatchObject({
      status: 'stale',
      days: 24,
      people: { responsible: [{ name: 'Петрова Анна Ивановна', phone: '+7 914 000-00-01' }], chair: [] },
    });
    expect(await desk.lineOf('Б')).toMatchObject({
      people: { responsible: [], chair: [{ name: 'Ким Сергей' }] },
    });
    expect(details.get(1)?.lastPost).toMatchObject({ text: 'Собрание', url: 'https://vk.com/wall-1001_1' });
  });

  test('gives what everybody may read neither a contact nor an edit, whatever is asked', async () => {
    await desk.done('pause', {
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
      const open = await desk.screen(query, true);
      expect(open.edits).toBeNull();
      const payload = JSON.stringify([open, [...open.details]]);
      expect(payload).not.toMatch(/Петров|Ким|914 000|example\.org|Тайная/);
      expect(open.filters).toMatchObject({ open: null, done: null, undone: null });
    }
    expect((await desk.screen('search=Петрова', true)).list.sections).toEqual([]);
  });

  test('takes no edit where everybody may read', async () => {
    for (const action of actions) {
      desk.openTo(true);
      const fields = {
        organisation: '1',
        from: '2026-12-01',
        to: '2026-12-02',
        reason: 'р',
        page: '1',
        entry: '1',
      };
      expect((await desk.send(action, fields)).refused).toMatchObject({
        status: 403,
        data: { isPublic: true },
      });
    }
    expect((await desk.lineOf('А'))?.status).toBe('stale');
  });
});

describe('a reminder', () => {
  test('is about all silent pages of a person, and tells what happened after it', async () => {
    const { edits } = await desk.screen('form=remind-1&at=organisation-1');
    expect(edits?.form).toMatchObject({
      action: 'remind',
      isChair: false,
      person: { name: 'Петрова Анна Ивановна' },
      pages: [{ page: { id: 1, daysSilent: 24 }, organisation: { short: 'А' } }],
    });
    const entry = await desk.done('remind', {
      person: '1',
      page: '1',
      channel: 'phone',
      note: 'обещала завтра',
    });
    const after = async () => (await desk.screen()).edits?.reminders.get('organisation-1');
    expect(await after()).toMatchObject({
      person: 'Петрова Анна Ивановна',
      channel: 'phone',
      note: 'обещала завтра',
      aftermath: { posts: 0, isKnown: false },
    });

    desk.turnTo('2026-11-27T02:00:00Z');
    await insertOutcomes(desk.observations, [outcomeRow(1, '2026-11-27T01:00:00Z')]);
    expect((await after())?.aftermath).toMatchObject({ posts: 0, isKnown: true });
    await insertPosts(desk.observations, [postRow(1, 2, '2026-11-26T03:00:00Z')]);
    expect((await after())?.aftermath).toEqual({
      posts: 1,
      first: new Date('2026-11-26T03:00:00Z'),
      isKnown: true,
      pages: 1,
      unread: 0,
    });
    expect((await desk.screen()).edits?.recent[0]?.deed).toMatchObject({
      kind: 'reminder',
      organisations: ['А'],
      aftermath: { posts: 1 },
    });
    await desk.undo(entry);
    expect(await after()).toBeUndefined();
  });

  test('goes to the chair where nobody is responsible', async () => {
    expect((await desk.screen('form=remind-2')).edits?.form).toMatchObject({
      isChair: true,
      pages: [{ organisation: { short: 'Б' } }],
    });
  });

  test('of nothing, to nobody or by no known way is refused', async () => {
    const problems = async (fields: Fields) => (await desk.send('remind', fields)).refused?.data;
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
  const { edits } = await desk.screen('done=1&undone=99999');
  expect([edits?.done, edits?.undone]).toEqual([null, null]);
});

test('a damaged entry of the journal is named, and takes nothing else with it', async () => {
  const { operations } = desk;
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
  const { edits } = await desk.screen(`done=${broken}`);
  expect(edits?.done).toBeNull();
  expect(edits?.recent.slice(0, 2).map(({ deed }) => deed)).toEqual([
    { kind: 'unreadable', entry: broken },
    { kind: 'unreadable', entry: wrong },
  ]);
  await expect(
    undoEdit(operations, wrong ?? 0, { who: 'somebody', now: new Date(morning) }),
  ).rejects.toBeInstanceOf(EditRefused);
});
