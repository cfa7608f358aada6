import { afterAll, beforeAll, expect, test } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import { getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import { listOrganisations, removeOrganisation } from '#schema/operations/organisations.ts';
import { insertPage, listPages, removePage } from '#schema/operations/pages.ts';
import { listPeople, listRoles } from '#schema/operations/people.ts';
import { listReminders, removeReminder } from '#schema/operations/reminders.ts';
import { openTestRegister, testActor as actor, type TestRegister } from '../register-for-tests.ts';
import { addPage } from './add-page.ts';
import { appoint } from './appoint.ts';
import { changeContacts } from './change-contacts.ts';
import { agreePause } from './pauses.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { remind } from './remind.ts';
import { closePage, replacePage } from './replace-page.ts';
import { revertEdit } from './revert-edit.ts';

let register: TestRegister;
const idOf = new Map<string, number>();

beforeAll(async () => {
  register = await openTestRegister();
  await register.import(
    [
      'organisation,vk,telegram,responsible,email,phone',
      'А,club5,,Петрова Анна,petrova@example.org,+7 000 000-00-01',
      'Б,club6 vk.com/bee,@bee_union,Петрова Анна,petrova@example.org,+7 000 000-00-01',
      'В,club7,,,,',
    ].join('\n'),
  );
  for (const { id, name } of await listOrganisations(register.operations)) idOf.set(name, id);
});
afterAll(async () => {
  await register.close();
});

const organisation = (name: string): number => idOf.get(name) ?? 0;
const pageOf = async (link: string): Promise<number> => {
  const page = (await listPages(register.operations, { removed: true })).find((each) => each.link === link);
  return page?.id ?? 0;
};
const linksOf = async (name: string): Promise<string[]> =>
  (await listPages(register.operations, { organisationId: organisation(name) })).map((page) => page.link);
const responsible = async (name: string): Promise<string[]> => {
  const people = await listPeople(register.operations);
  const roles = await listRoles(register.operations, organisation(name));
  return roles.flatMap(({ personId }) => people.find(({ id }) => id === personId)?.name ?? []);
};
const codes = async (edit: Promise<unknown>): Promise<string[]> =>
  (await problemsOfRefused(edit)).map(({ field, code }) => [field, code].filter(Boolean).join(' '));
const undo = (entry: number) => revertEdit(register.operations, entry, actor);

test('a reminder is noted for a person and pages, and taken back', async () => {
  const [person] = await listPeople(register.operations);
  const pageIds = [await pageOf('https://vk.com/club6'), await pageOf('https://vk.com/club5')];
  const reminder = {
    person: person?.id ?? 0,
    page: pageIds,
    channel: 'phone',
    note: 'обещала завтра',
  } as const;
  const entry = await remind.make(register.operations, reminder, actor);
  expect(await listReminders(register.operations)).toMatchObject([
    { personName: 'Петрова Анна', channel: 'phone', note: 'обещала завтра', at: actor.now, who: actor.who },
  ]);
  expect((await listReminders(register.operations))[0]?.pageIds).toEqual([...pageIds].sort());
  await undo(entry);
  expect(await listReminders(register.operations)).toEqual([]);

  const again = await remind.make(register.operations, reminder, actor);
  const [noted] = await listReminders(register.operations);
  await removeReminder(register.operations, noted?.id ?? 0);
  expect(await codes(undo(again))).toEqual(['changed_since']);

  for (const [changes, code] of [
    [{ page: [] }, 'no_pages'],
    [{ page: [99_999] }, 'not_there'],
    [{ person: 99_999 }, 'not_there'],
    [{ note: 'а'.repeat(301) }, 'note too_long'],
  ] as const) {
    expect(await codes(remind.make(register.operations, { ...reminder, ...changes }, actor))).toEqual([code]);
  }
});

test('somebody is appointed where nobody was, in place of another, and the one before comes back', async () => {
  const contacts = { name: 'Ким  Сергей', email: 'mailto:kim@example.org', phone: '8 (000) 12-34-56' };
  const first = await appoint.make(
    register.operations,
    { organisation: organisation('В'), ...contacts },
    actor,
  );
  expect(await responsible('В')).toEqual(['Ким Сергей']);
  const kim = (await listPeople(register.operations)).find(({ name }) => name === 'Ким Сергей');
  expect(kim).toMatchObject({ email: 'kim@example.org', phone: '8 (000) 12-34-56' });

  // One who is in the register already is the same person; who has no part left is no longer in it.
  const [petrova] = await listPeople(register.operations);
  const second = await appoint.make(
    register.operations,
    { organisation: organisation('В'), person: petrova?.id ?? 0 },
    actor,
  );
  expect(await responsible('В')).toEqual(['Петрова Анна']);
  expect((await listPeople(register.operations)).map(({ name }) => name)).toEqual(['Петрова Анна']);
  expect(
    await codes(
      appoint.make(
        register.operations,
        {
          organisation: organisation('В'),
          name: 'Петрова Анна',
          email: 'petrova@example.org',
          phone: '+7 000 000-00-01',
        },
        actor,
      ),
    ),
  ).toEqual(['nothing_changed']);

  expect(await codes(undo(first))).toEqual(['changed_since']);
  await undo(second);
  expect(await responsible('В')).toEqual(['Ким Сергей']);
  await undo(first);
  expect(await responsible('В')).toEqual([]);
  expect(await listPeople(register.operations)).toHaveLength(1);
});

test('an appointment without a name, without contacts or of nobody is refused', async () => {
  const appointed = (appointee: Parameters<typeof appoint.make>[1], name = 'В') =>
    codes(appoint.make(register.operations, { organisation: organisation(name), ...appointee }, actor));
  expect(await appointed({ name: ' ', email: 'нет', phone: '12' })).toEqual([
    'name missing',
    'email not_an_email',
    'phone not_a_phone',
  ]);
  expect(await appointed({ name: 'Ким', email: '', phone: '' })).toEqual(['phone no_contact']);
  expect(await appointed({ person: 99_999 })).toEqual(['person missing']);
  expect(await appointed({ person: 1 }, 'Г')).toEqual(['not_there']);
});

test('contacts change for all of a person’s organisations, and back', async () => {
  const [petrova] = await listPeople(register.operations);
  const personId = petrova?.id ?? 0;
  const contacts = { name: 'Петрова Анна', email: '', phone: '+7 000 000-00-02' };
  const entry = await changeContacts.make(register.operations, { person: personId, ...contacts }, actor);
  expect(await listPeople(register.operations)).toEqual([{ id: personId, ...contacts, ...noBasis }]);
  expect(await responsible('А')).toEqual(await responsible('Б'));
  expect(
    await codes(changeContacts.make(register.operations, { person: personId, ...contacts }, actor)),
  ).toEqual(['nothing_changed']);
  expect(
    await codes(changeContacts.make(register.operations, { person: 99_999, ...contacts }, actor)),
  ).toEqual(['not_there']);
  const next = await changeContacts.make(
    register.operations,
    { person: personId, ...contacts, phone: '+7 000 000-00-03' },
    actor,
  );
  expect(await codes(undo(entry))).toEqual(['changed_since']);
  await undo(next);
  await undo(entry);
  expect(await listPeople(register.operations)).toEqual([petrova]);
});

test('a page is put in place of another, which stays in history, and back', async () => {
  const pageId = await pageOf('https://vk.com/club7');
  const entry = await replacePage.make(
    register.operations,
    { page: pageId, link: ' https://m.vk.com/new_wall ' },
    actor,
  );
  expect(await linksOf('В')).toEqual(['https://vk.com/new_wall']);
  const [added] = await listPages(register.operations, { organisationId: organisation('В') });
  expect(added).toMatchObject({ state: 'unresolved', nextDue: null, name: 'new_wall', addedAt: actor.now });
  expect(await getJournalEntry(register.operations, entry)).toMatchObject({
    what: 'page.replaced',
    subject: `page:${pageId}`,
    before: { link: 'https://vk.com/club7' },
    after: { link: 'https://vk.com/new_wall', was: null },
  });
  await undo(entry);
  expect(await linksOf('В')).toEqual(['https://vk.com/club7']);

  // The second time the page is in the register already, taken out: it comes back, and goes where it was.
  const again = await replacePage.make(register.operations, { page: pageId, link: 'vk.com/new_wall' }, actor);
  expect((await listPages(register.operations, { organisationId: organisation('В') }))[0]?.id).toBe(
    added?.id,
  );
  await undo(again);
  expect(await linksOf('В')).toEqual(['https://vk.com/club7']);
});

test('a page moves to another network, and a name alone is one of its own', async () => {
  const pageId = await pageOf('https://t.me/bee_union');
  const entry = await replacePage.make(register.operations, { page: pageId, link: '@bee_news' }, actor);
  expect(await linksOf('Б')).toContain('https://t.me/bee_news');
  await undo(entry);
  const site = await replacePage.make(
    register.operations,
    { page: pageId, link: 'https://union.example/' },
    actor,
  );
  const moved = (await listPages(register.operations, { network: 'site' }))[0];
  expect(moved).toMatchObject({ link: 'https://union.example', state: 'ok' });
  await undo(site);
});

test('a page that is no page, the same, or somebody’s already is refused', async () => {
  const pageId = await pageOf('https://vk.com/club6');
  const replace = async (link: string, id = pageId) =>
    problemsOfRefused(replacePage.make(register.operations, { page: id, link }, actor));
  expect(await replace('  ')).toMatchObject([{ field: 'link', code: 'missing' }]);
  expect(await replace('vk.com/id5')).toMatchObject([{ code: 'not_a_page', detail: 'person' }]);
  expect(await replace('vkvideo.ru/playlist/-1_2')).toMatchObject([
    { code: 'not_a_page', detail: 'playlist' },
  ]);
  expect(await replace('@-')).toMatchObject([{ code: 'not_a_page', detail: 'not_a_page' }]);
  expect(await replace('vk.com/public6')).toMatchObject([{ code: 'page_same' }]);
  expect(await replace('vk.com/bee')).toMatchObject([{ code: 'page_here' }]);
  expect(await replace('vk.com/club5')).toMatchObject([{ code: 'page_elsewhere', detail: 'А' }]);
  expect(await replace('vk.com/other', 99_999)).toMatchObject([{ field: null, code: 'not_there' }]);
  expect(await linksOf('Б')).toEqual([
    'https://vk.com/club6',
    'https://vk.com/bee',
    'https://t.me/bee_union',
  ]);
});

test('a page is added, taken out by undoing, and is the same page when it is added again', async () => {
  const add = (link: string, name = 'В') =>
    addPage.make(register.operations, { organisation: organisation(name), link }, actor);
  const before = await linksOf('В');
  const entry = await add(' https://m.vk.com/added_wall ');
  expect(await linksOf('В')).toEqual([...before, 'https://vk.com/added_wall']);
  const id = await pageOf('https://vk.com/added_wall');
  await undo(entry);
  expect(await linksOf('В')).toEqual(before);
  expect(await codes(undo(entry))).toEqual(['undone_already']);

  const elsewhere = await add('vk.com/added_wall', 'А');
  expect(await pageOf('https://vk.com/added_wall')).toBe(id);
  expect((await listPages(register.operations, { organisationId: organisation('А') })).at(-1)).toMatchObject({
    id,
    state: 'unresolved',
    removedAt: null,
  });
  await replacePage.make(register.operations, { page: id, link: 'vk.com/added_later' }, actor);
  expect(await codes(undo(elsewhere))).toEqual(['changed_since']);
  await closePage.make(register.operations, { page: await pageOf('https://vk.com/added_later') }, actor);
});

test('a page that is none, is somebody’s already, or has nobody to belong to is not added', async () => {
  const add = (link: string, to = organisation('В')) =>
    problemsOfRefused(addPage.make(register.operations, { organisation: to, link }, actor));
  expect(await add('  ')).toMatchObject([{ field: 'link', code: 'missing' }]);
  expect(await add('vk.com/id5')).toMatchObject([{ code: 'not_a_page', detail: 'person' }]);
  expect(await add('@some_name')).toMatchObject([{ code: 'not_a_page', detail: 'ambiguous' }]);
  expect(await add('vk.com/club7')).toMatchObject([{ code: 'page_here' }]);
  expect(await add('vk.com/club5')).toMatchObject([{ code: 'page_elsewhere', detail: 'А' }]);
  expect(await add('vk.com/free_name', 99_999)).toMatchObject([{ field: null, code: 'not_there' }]);
});

test('a page is closed for good, and brought back unless its address was registered again', async () => {
  const pageId = await pageOf('https://vk.com/bee');
  const entry = await closePage.make(register.operations, { page: pageId }, actor);
  expect(await linksOf('Б')).not.toContain('https://vk.com/bee');
  expect(await codes(closePage.make(register.operations, { page: pageId }, actor))).toEqual(['not_there']);
  await undo(entry);
  expect(await linksOf('Б')).toContain('https://vk.com/bee');

  const again = await closePage.make(register.operations, { page: pageId }, actor);
  const twin = await insertPage(
    register.operations,
    { organisationId: organisation('В'), network: 'vk', link: 'https://vk.com/bee' },
    actor.now,
  );
  expect(await codes(undo(again))).toEqual(['changed_since']);
  await removePage(register.operations, twin.id, actor.now);
  await undo(again);
});

test('what is no edit cannot be undone, and what was removed cannot be edited', async () => {
  const [imported] = await listJournal(register.operations, { what: ['organisation.added'] });
  expect(await codes(undo(imported?.id ?? 0))).toEqual(['not_there']);
  expect(await codes(undo(99_999))).toEqual(['not_there']);
  await removeOrganisation(register.operations, organisation('В'), actor.now);
  const pause = { organisation: organisation('В'), from: '2026-07-02', to: '2026-07-03', reason: 'а' };
  expect(await codes(agreePause.make(register.operations, pause, actor))).toEqual(['not_there']);
});
