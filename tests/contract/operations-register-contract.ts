import { describe, expect, it } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { raiseVersions, readVersion } from '#schema/operations/row-versions.ts';
import { listMembers, removeMembers, saveMembers } from '#schema/operations/members.ts';
import {
  findPage,
  getPage,
  getPages,
  insertPage,
  listPages,
  removePage,
  updatePage,
  updatePages,
} from '#schema/operations/pages.ts';
import { addPause, listPauses, removePause } from '#schema/operations/pauses.ts';
import {
  endRole,
  getPerson,
  listFormerPeople,
  listPeople,
  listRoles,
  listRolesOf,
  removePerson,
  savePerson,
  saveRole,
} from '#schema/operations/people.ts';
import {
  getOrganisation,
  getOrganisations,
  insertOrganisation,
  listOrganisations,
  removeOrganisation,
  saveOrganisation,
  updateOrganisation,
} from '#schema/operations/organisations.ts';
import { fields, later, now } from './sample-organisation.ts';

/** The part of the contract about organisations, people and pages, in a store that is migrated. */
export function describeRegister(store: () => Operations): void {
  describe('the register', () => {
    it('keeps organisations: registered, changed, removed', async () => {
      const federation = await insertOrganisation(store(), { ...fields, level: 'federation' }, now);
      expect(federation).toEqual({
        ...fields,
        level: 'federation',
        id: federation.id,
        createdAt: now,
        removedAt: null,
      });
      const branch = await saveOrganisation(store(), { ...fields, parentId: federation.id }, now);
      expect(await getOrganisation(store(), branch.id)).toEqual(branch);
      const saved = await saveOrganisation(store(), { ...fields, id: branch.id, started: null }, later);
      expect(saved).toEqual({ ...branch, parentId: null, started: null });
      expect(await updateOrganisation(store(), branch.id, {})).toEqual(saved);
      expect((await updateOrganisation(store(), branch.id, { tier: 'card' })).tier).toBe('card');
      expect((await removeOrganisation(store(), branch.id, later)).removedAt).toEqual(later);
      const ids = async (removed: boolean) =>
        (await listOrganisations(store(), { removed })).map((each) => each.id);
      expect(await ids(false)).not.toContain(branch.id);
      expect(await ids(true)).toContain(branch.id);
      expect((await updateOrganisation(store(), branch.id, { removedAt: null })).removedAt).toBeNull();
    });

    it('knows no organisation that was never registered', async () => {
      expect(await getOrganisation(store(), 99_999)).toBeNull();
      await expect(updateOrganisation(store(), 99_999, { name: 'x' })).rejects.toMatchObject({
        name: 'NotInStore',
        message: expect.stringContaining('organisation 99999') as string,
      });
      await expect(insertOrganisation(store(), { ...fields, parentId: 99_999 }, now)).rejects.toThrow(
        /foreign key/i,
      );
    });

    it('keeps member counts as a dated series', async () => {
      const { id } = await insertOrganisation(store(), fields, now);
      await saveMembers(store(), { organisationId: id, on: '2026-01-01', count: 0 });
      await saveMembers(store(), { organisationId: id, on: '2025-01-01', count: 5 });
      await saveMembers(store(), { organisationId: id, on: '2026-01-01', count: 7 });
      const series = [
        { organisationId: id, on: '2025-01-01', count: 5 },
        { organisationId: id, on: '2026-01-01', count: 7 },
      ];
      expect(await listMembers(store(), id)).toEqual(series);
      expect(await listMembers(store())).toEqual(series);
      await removeMembers(store(), id, '2025-01-01');
      expect(await listMembers(store(), id)).toEqual(series.slice(1));
      await expect(saveMembers(store(), { organisationId: id, on: '2026-01-01', count: -1 })).rejects.toThrow(
        /check/i,
      );
    });

    it('keeps people and their parts', async () => {
      const { id } = await insertOrganisation(store(), fields, now);
      const person = await savePerson(store(), { name: 'Анна', email: 'a@example.org', phone: '' });
      const changed = await savePerson(store(), { ...person, phone: '+7' });
      expect(await listPeople(store())).toEqual([{ ...person, phone: '+7' }]);
      expect(changed.phone).toBe('+7');
      expect(await getPerson(store(), person.id)).toEqual(changed);
      expect(await getPerson(store(), 999)).toBeNull();
      await expect(savePerson(store(), { ...person, id: 999 })).rejects.toThrow('There is no person 999');
      const role = { organisationId: id, personId: person.id, role: 'chair' } as const;
      await saveRole(store(), role);
      await saveRole(store(), role);
      await saveRole(store(), { ...role, role: 'responsible' });
      expect(await listRoles(store(), id)).toHaveLength(2);
      await endRole(store(), role, now);
      await endRole(store(), role, later);
      expect(await listRoles(store())).toEqual([{ ...role, role: 'responsible' }]);
      expect(await listPeople(store())).toEqual([changed]);
      const parts = await listRolesOf(store(), person.id);
      expect(parts.map(({ role: part, endedAt }) => [part, endedAt])).toEqual([
        ['chair', now],
        ['responsible', null],
      ]);
      await removePerson(store(), person.id);
      expect(await listRoles(store())).toEqual([]);
      expect(await listPeople(store())).toEqual([]);
    });

    it('keeps who has no part any more, since when, until they have one again', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const said = { name: 'Анна', email: '', phone: '24-55-66' };
      const basis = {
        ...noBasis,
        basis: 'consent',
        processingGiven: '2026-02-01',
        proof: 'папка 3',
      } as const;
      const person = await savePerson(store(), { ...said, ...basis });
      expect(person).toEqual({ id: person.id, ...said, ...basis });
      const withdrawn = { ...person, processingWithdrawn: '2026-03-01' };
      expect(
        await savePerson(store(), { id: person.id, ...said, processingWithdrawn: '2026-03-01' }),
      ).toEqual(withdrawn);
      const role = { organisationId, personId: person.id, role: 'responsible' } as const;
      await saveRole(store(), role);
      expect(await listFormerPeople(store())).toEqual([]);
      await endRole(store(), role, now);
      expect([await listPeople(store()), await listRoles(store())]).toEqual([[], []]);
      expect(await getPerson(store(), person.id)).toEqual(withdrawn);
      expect(await listFormerPeople(store())).toEqual([{ ...withdrawn, endedAt: now }]);
      expect(await listFormerPeople(store(), { endedBefore: now })).toEqual([]);
      expect(await listFormerPeople(store(), { endedBefore: later })).toHaveLength(1);
      await saveRole(store(), role);
      expect(await listPeople(store())).toEqual([withdrawn]);
      expect(await listRolesOf(store(), person.id)).toEqual([{ ...role, endedAt: null }]);
    });

    it('keeps agreed pauses', async () => {
      const { id } = await insertOrganisation(store(), fields, now);
      const pause = { organisationId: id, from: '2026-07-01', to: '2026-08-31', reason: 'каникулы' };
      const added = await addPause(store(), pause);
      expect(await listPauses(store(), id)).toEqual([{ ...pause, id: added.id }]);
      expect(await listPauses(store())).toEqual([{ ...pause, id: added.id }]);
      await expect(addPause(store(), { ...pause, to: '2026-06-30' })).rejects.toThrow(/check/i);
      await removePause(store(), added.id);
      expect(await listPauses(store(), id)).toEqual([]);
    });

    it('keeps pages: registered, resolved, changed, removed', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const page = await insertPage(
        store(),
        { organisationId, network: 'vk', link: 'https://vk.com/prof' },
        now,
      );
      expect(page).toMatchObject({
        nativeId: null,
        name: null,
        title: '',
        state: 'unresolved',
        addedAt: now,
      });
      const changes = {
        nativeId: Number.MAX_SAFE_INTEGER,
        name: 'prof',
        title: 'Профсоюз',
        state: 'ok',
        stateSince: now,
        historyReached: '2025-01-01',
        historyCursor: Number.MAX_SAFE_INTEGER,
        lastSuccess: later,
        lastOutcome: 'ok',
        lastOutcomeSlot: now,
        nextDue: later,
        lastDeep: now,
      } as const;
      const resolved = await updatePage(store(), page.id, changes);
      expect(resolved).toEqual({ ...page, ...changes });
      expect(await getPage(store(), page.id)).toEqual(resolved);
      expect(await findPage(store(), 'vk', Number.MAX_SAFE_INTEGER)).toEqual(resolved);
      expect(await findPage(store(), 'telegram', Number.MAX_SAFE_INTEGER)).toBeNull();
      expect(await updatePage(store(), page.id, {})).toEqual(resolved);
      expect(await listPages(store(), { organisationId, network: 'vk' })).toEqual([resolved]);
      expect(await listPages(store(), { organisationId, network: 'telegram' })).toEqual([]);
      const zeroed = await updatePage(store(), page.id, { title: 'Проф\u0000союз' });
      expect(zeroed).toEqual(resolved);
      await removePage(store(), page.id, later);
      expect(await listPages(store(), { organisationId })).toEqual([]);
      expect(await listPages(store(), { organisationId, removed: true })).toHaveLength(1);
      const back = await updatePage(store(), page.id, { removedAt: null, nextDue: null });
      expect(back).toEqual({ ...resolved, nextDue: null });
      expect(await getPage(store(), 99_999)).toBeNull();
      await expect(updatePage(store(), 99_999, { title: 'x' })).rejects.toThrow('There is no page 99999');
    });

    it('has a page once: by its native id, and by its link while that is not known', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const page = { organisationId, network: 'vk', link: 'https://vk.com/club5', nativeId: 5 } as const;
      const first = await insertPage(store(), page, now);
      const again = insertPage(store(), { ...page, link: 'https://vk.com/other' }, now);
      await expect(again).rejects.toMatchObject({ name: 'PageTaken' });
      await expect(again).rejects.toThrow('already in the register');
      await insertPage(store(), { ...page, network: 'telegram' }, now);
      const named = { organisationId, network: 'vk', link: 'https://vk.com/name' } as const;
      const unresolved = await insertPage(store(), named, now);
      await expect(insertPage(store(), named, now)).rejects.toMatchObject({ name: 'PageTaken' });
      await expect(updatePage(store(), unresolved.id, { nativeId: 5 })).rejects.toMatchObject({
        name: 'PageTaken',
      });
      await removePage(store(), unresolved.id, later);
      await insertPage(store(), named, now);
      await removePage(store(), first.id, later);
      await expect(insertPage(store(), page, now)).rejects.toMatchObject({ name: 'PageTaken' });
    });

    it('has a version of each row and setting, which edits raise and looks at pages do not', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const { id: personId } = await savePerson(store(), { name: 'Анна', email: '', phone: '24-55-66' });
      const page = await insertPage(store(), { organisationId, network: 'vk', link: 'https://v.k' }, now);
      const subjects = [`organisation:${organisationId}`, `person:${personId}`, `page:${page.id}`] as const;
      const versions = async () =>
        await Promise.all(subjects.map((subject) => readVersion(store(), subject)));
      const before = await versions();
      expect(before).toEqual([1, 1, 1]);
      await updatePage(store(), page.id, { title: 'Профсоюз', lastSuccess: later, nextDue: later });
      expect(await versions()).toEqual(before);
      await raiseVersions(store(), [...subjects, subjects[0], 'setting:sample', 'journal:1']);
      expect(await versions()).toEqual([2, 2, 2]);
      const many = Array.from({ length: 2_500 }, (_, index) => `organisation:${organisationId + index}`);
      await raiseVersions(store(), many);
      expect(await versions()).toEqual([3, 2, 2]);
      expect(await readVersion(store(), 'person:99999')).toBeNull();
      expect(await readVersion(store(), 'setting:sample')).toBe(0);
      const entry = { at: now, who: 'a', what: 'sample', before: null, after: null };
      const [id] = await appendJournal(store(), [{ ...entry, subject: 'setting:sample' }], 'settings');
      expect(await readVersion(store(), 'setting:sample')).toBe(id);
      // What a row says of itself has nothing of it.
      expect(await getPerson(store(), personId)).toEqual({
        id: personId,
        name: 'Анна',
        email: '',
        phone: '24-55-66',
        ...noBasis,
      });
      await removePerson(store(), personId);
    });

    it('gives many rows of given ids at once', async () => {
      const one = await insertOrganisation(store(), fields, now);
      const two = await insertOrganisation(store(), fields, now);
      const page = await insertPage(
        store(),
        { organisationId: one.id, network: 'site', link: 'https://many.example' },
        now,
      );
      await removePage(store(), page.id, later);
      expect(await getOrganisations(store(), [two.id, 99_999, one.id])).toHaveLength(2);
      expect(await getPages(store(), [page.id, 99_999])).toMatchObject([{ id: page.id, removedAt: later }]);
      expect([await getOrganisations(store(), []), await getPages(store(), [])]).toEqual([[], []]);
    });

    it('changes many pages or none', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const add = (link: string) => insertPage(store(), { organisationId, network: 'site', link }, now);
      const [one, two] = [await add('https://one.example'), await add('https://two.example')];
      const change = (title: string) => ({ title });
      await updatePages(store(), [
        { id: one.id, changes: change('один') },
        { id: two.id, changes: change('два') },
      ]);
      await expect(
        updatePages(store(), [
          { id: one.id, changes: change('нет') },
          { id: 99_999, changes: change('нет') },
        ]),
      ).rejects.toThrow('There is no page 99999');
      const titles = (await listPages(store(), { organisationId })).map((page) => page.title);
      expect(titles).toEqual(['один', 'два']);
    });
  });
}
