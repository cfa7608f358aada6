import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  getOrganisation,
  insertOrganisation,
  removeOrganisation,
  type Organisation,
} from '../../schema/operations/organisations.ts';
import { insertPage, removePage } from '../../schema/operations/pages.ts';
import { addPause } from '../../schema/operations/pauses.ts';
import { morning, openSilentDesk, type SilentDesk } from '../helpers/silent-desk.ts';

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

describe('a pause', () => {
  const pause = { organisation: '1', from: '2026-11-20', to: '2026-11-30', reason: 'отпуск' };

  test('takes an organisation out of the silent at once, is ended, and both are undone', async () => {
    const agreed = await desk.done('pause', pause);
    expect(await desk.lineOf('А')).toMatchObject({
      group: 'paused',
      pause: { from: '2026-11-20', to: '2026-11-30' },
    });
    const { edits } = await desk.screen(`done=${agreed}&form=pause-1&at=organisation-1`);
    expect(edits?.done).toMatchObject({
      isUndone: false,
      deed: { kind: 'pause', organisation: 'А', from: '2026-11-20', reason: 'отпуск' },
    });
    expect(edits?.form).toMatchObject({
      action: 'pause',
      pauses: [{ from: '2026-11-20', to: '2026-11-30' }],
    });
    const [kept] = edits?.form?.action === 'pause' ? edits.form.pauses : [];

    const ended = await desk.done('resume', { organisation: '1', pause: String(kept?.id) });
    // The days of the pause that have passed stay out of the silence.
    expect(await desk.lineOf('А')).toMatchObject({ group: 'silent', days: 19 });
    expect((await desk.screen()).edits?.recent[0]).toMatchObject({
      deed: { kind: 'pause_end', reason: 'отпуск' },
    });
    await desk.undo(ended);
    expect((await desk.lineOf('А'))?.group).toBe('paused');
    await desk.undo(agreed);
    expect(await desk.lineOf('А')).toMatchObject({ group: 'silent', days: 24 });
    expect((await desk.screen()).edits?.recent.find(({ id }) => id === Number(agreed))?.isUndone).toBe(true);
  });

  test('leads back to the same list, without the form', async () => {
    const { status, location } = await desk.send(
      'pause',
      pause,
      'group=silent&form=pause-1&at=organisation-1',
    );
    expect(status).toBe(303);
    const entry = location?.searchParams.get('done') ?? '';
    expect(`${location?.pathname}${location?.search}${location?.hash}`).toBe(
      `/silent?group=silent&done=${entry}#notice`,
    );
    await desk.undo(entry);
  });

  test.each([
    ['0026-11-30', '0026-12-10'],
    ['2300-01-01', '2300-01-10'],
  ])('from %s to %s is refused, and the days after it still reach the statistics', async (from, to) => {
    expect((await desk.send('pause', { ...pause, from, to })).refused).toMatchObject({
      status: 400,
      data: {
        problems: [
          { field: 'from', code: 'day_out_of_range', found: from },
          { field: 'to', code: 'day_out_of_range', found: to },
        ],
      },
    });
    const agreed = await desk.done('pause', pause);
    expect((await desk.lineOf('А'))?.group).toBe('paused');
    await desk.undo(agreed);
    expect(desk.failures).toEqual([]);
  });

  test.each([
    ['0026-11-30', '0026-12-10'],
    ['2300-01-01', '2300-01-10'],
    ['soon', 'soon'],
  ])('from %s to %s of an earlier version is shown, holds up nothing, and is ended', async (from, to) => {
    await addPause(desk.operations, { organisationId: 1, from, to, reason: 'отпуск' });
    const other = await desk.done('pause', { ...pause, organisation: '2' });
    expect((await desk.lineOf('Б'))?.group).toBe('paused');
    expect((await desk.lineOf('А'))?.group).toBe('silent');
    await desk.undo(other);
    const form = (await desk.screen('form=pause-1')).edits?.form;
    expect(form).toMatchObject({ action: 'pause', pauses: [{ from, to, isSetAside: true }] });
    const [kept] = form?.action === 'pause' ? form.pauses : [];
    const ended = await desk.done('resume', { organisation: '1', pause: String(kept?.id) });
    expect((await desk.screen(`done=${ended}&form=pause-1`)).edits).toMatchObject({
      form: { pauses: [] },
      done: { deed: { kind: 'pause_end', from, to } },
    });
    expect((await desk.send('undo', { entry: ended })).refused).toMatchObject({
      data: { problems: [{ code: 'day_out_of_range', found: from }] },
    });
    expect(desk.failures).toEqual([]);
  });

  test('that cannot be one is refused with everything wrong, and what was entered', async () => {
    const sent = { organisation: '1', from: '2026-11-30', to: '2026-11-20', reason: ' ' };
    expect((await desk.send('pause', sent)).refused).toMatchObject({
      status: 400,
      data: {
        problems: [
          { field: 'reason', code: 'missing' },
          { field: 'to', code: 'ends_before_start' },
        ],
        values: { from: ['2026-11-30'], to: ['2026-11-20'], reason: [' '] },
      },
    });
    expect((await desk.send('pause', { ...pause, organisation: 'x' })).refused).toMatchObject({
      data: { problems: [{ code: 'not_there' }] },
    });
    expect((await desk.send('resume', { organisation: '1', pause: '99' })).refused).toMatchObject({
      data: { problems: [{ code: 'not_there' }] },
    });
  });
});

describe('people', () => {
  test('somebody is appointed from the register, somebody new in their place, and both are undone', async () => {
    const known = await desk.done('appoint', { organisation: '2', known: '1', person: '1' });
    expect((await desk.lineOf('Б'))?.people?.responsible).toMatchObject([{ name: 'Петрова Анна Ивановна' }]);
    const fresh = { name: 'Орлов Денис', email: '', phone: '24-55-66' };
    const other = await desk.done('appoint', { organisation: '2', ...fresh });
    expect((await desk.lineOf('Б'))?.people?.responsible).toMatchObject([fresh]);
    expect((await desk.screen(`done=${other}`)).edits?.done?.deed).toMatchObject({
      before: ['Петрова Анна Ивановна'],
      after: ['Орлов Денис'],
    });
    // What came later stands in the way of undoing what was before.
    expect((await desk.send('undo', { entry: known })).refused).toMatchObject({
      data: { problems: [{ code: 'changed_since' }] },
    });
    await desk.undo(other);
    await desk.undo(known);
    expect((await desk.lineOf('Б'))?.people?.responsible).toEqual([]);
  });

  test('contacts change for every organisation, and back', async () => {
    const contacts = { name: 'Петрова Анна Ивановна', email: 'anna@example.org', phone: '' };
    expect((await desk.screen('form=contacts-1')).edits?.form).toMatchObject({ organisations: 2 });
    const entry = await desk.done('contacts', { person: '1', ...contacts });
    expect((await desk.lineOf('А'))?.people?.responsible).toMatchObject([contacts]);
    await desk.undo(entry);
    expect((await desk.lineOf('А'))?.people?.responsible).toMatchObject([{ email: 'petrova@example.org' }]);
  });

  test.each([
    ['appoint', { organisation: '2', known: '1', person: '' }, [{ field: 'person', code: 'missing' }]],
    ['appoint', { organisation: '2', name: '' }, [{ field: 'name' }, { field: 'phone', code: 'no_contact' }]],
    ['contacts', { person: '1', name: 'А', email: 'no' }, [{ field: 'email', code: 'not_an_email' }]],
    ['contacts', { person: '99', name: 'А', phone: '24-55-66' }, [{ code: 'not_there' }]],
  ] as const)('%s is refused: %j', async (action, fields, problems) => {
    const data = (await desk.send(action, fields)).refused?.data;
    expect(data).toMatchObject({ isPublic: false });
    if (!data || data.isPublic) throw new Error('It was not refused for its fields.');
    expect(data.problems.slice(0, problems.length)).toMatchObject(problems);
  });
});

describe('a page', () => {
  test('is added to an organisation without one, which leaves the list of those, and taken out again', async () => {
    expect(await desk.lineOf('Г')).toMatchObject({ group: 'none', pages: [] });
    const { edits } = await desk.screen('form=add-4&at=organisation-4');
    expect(edits?.form).toEqual({
      action: 'add',
      organisation: { id: 4, name: 'Областная организация Г', short: 'Г' },
    });
    const entry = await desk.done('add', { organisation: '4', link: 't.me/profkom_g' });
    expect(await desk.lineOf('Г')).toMatchObject({
      group: 'unknown',
      pages: [{ network: 'telegram', url: 'https://t.me/profkom_g', unread: 'unresolved' }],
    });
    expect((await desk.screen(`done=${entry}`)).edits?.done?.deed).toEqual({
      kind: 'page_added',
      organisation: 'Г',
      link: 'https://t.me/profkom_g',
      isRead: true,
    });
    await desk.undo(entry);
    expect((await desk.lineOf('Г'))?.group).toBe('none');
  });

  test.each([
    ['', 'missing', ''],
    ['profkom_g', 'not_a_page', 'ambiguous'],
    ['vk.com/club1002', 'page_elsewhere', 'Областная организация Б'],
  ])('is not added by the address "%s": %s', async (link, code, detail) => {
    expect((await desk.send('add', { organisation: '4', link })).refused?.data).toMatchObject({
      problems: [{ field: 'link', code, detail }],
      values: { link: [link] },
    });
  });

  test('gets another address, which waits to be read, and its own again', async () => {
    const entry = await desk.done('replace', { page: '2', link: 'https://vk.com/novoe_imya' });
    expect(await desk.lineOf('Б')).toMatchObject({ group: 'unknown', pages: [{ unread: 'unresolved' }] });
    expect((await desk.screen(`done=${entry}`)).edits?.done?.deed).toMatchObject({
      kind: 'page',
      before: 'https://vk.com/club1002',
      after: 'https://vk.com/novoe_imya',
    });
    await desk.undo(entry);
    expect(await desk.lineOf('Б')).toMatchObject({ group: 'silent', pages: [{ id: 2 }] });
  });

  test('that is closed for good leaves the list, and comes back', async () => {
    const entry = await desk.done('close', { page: '2' });
    expect((await desk.lineOf('Б'))?.group).toBe('none');
    expect((await desk.screen('form=page-2')).edits?.form).toBeNull();
    await desk.undo(entry);
    expect((await desk.lineOf('Б'))?.group).toBe('silent');
    expect((await desk.send('undo', { entry })).refused).toMatchObject({
      data: { problems: [{ code: 'undone_already' }] },
    });
  });

  test.each([
    ['', 'missing', ''],
    ['https://vk.com/id5', 'not_a_page', 'person'],
    ['https://t.me/+AbCdEfGhIjK', 'not_a_page', 'invite'],
    ['vk.com/club1002', 'page_same', ''],
    ['vk.com/club1003', 'page_elsewhere', 'Областная организация В'],
  ])('with the address "%s" is refused: %s', async (link, code, detail) => {
    expect((await desk.send('replace', { page: '2', link })).refused?.data).toMatchObject({
      problems: [{ field: 'link', code, detail }],
      values: { link: [link] },
    });
  });
});

test('what the statistics do not know of can be edited all the same', async () => {
  // Neither is in the mirror: it was not brought over, as when a value of its row is refused.
  const { operations } = desk;
  const fields = { ...(await getOrganisation(operations, 4)), name: 'Областная организация Д', short: 'Д' };
  const { id: _, createdAt: __, removedAt: ___, ...said } = fields as Organisation;
  const { id } = await insertOrganisation(operations, said, new Date(morning));
  const page = { organisationId: id, network: 'vk', link: 'https://vk.com/club1005' } as const;
  const { id: pageId } = await insertPage(operations, page, new Date(morning));
  const organisation = { id, name: 'Областная организация Д', short: 'Д' };
  for (const form of ['pause', 'appoint', 'add']) {
    expect((await desk.screen(`form=${form}-${id}`)).edits?.form).toMatchObject({ organisation });
  }
  expect((await desk.screen(`form=page-${pageId}`)).edits?.form).toEqual({
    action: 'page',
    organisation,
    page: { id: pageId, title: 'https://vk.com/club1005', url: 'https://vk.com/club1005' },
  });
  await removeOrganisation(operations, id, new Date(morning));
  await removePage(operations, pageId, new Date(morning));
  for (const form of [`pause-${id}`, `page-${pageId}`])
    expect((await desk.screen(`form=${form}`)).edits?.form).toBeNull();
});

test('an edit stands when it could not be brought over to the statistics, and the log says so', async () => {
  desk.failures.length = 0;
  desk.openTo(false, { registerChanged: () => Promise.reject(new Error('The engine is busy.')) });
  const entry = await desk.done('close', { page: '2' });
  expect(desk.failures.join()).toContain('The engine is busy.');
  desk.openTo(false);
  await desk.undo(entry);
  expect((await desk.lineOf('Б'))?.group).toBe('silent');
});
