import { describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import { insertPage, removePage } from '#schema/operations/pages.ts';
import { removePerson, savePerson } from '#schema/operations/people.ts';
import {
  addReminder,
  eraseReminderNotes,
  listReminders,
  removeReminder,
} from '#schema/operations/reminders.ts';
import { fields, later, now } from './sample-organisation.ts';

/** The part of the contract about reminders, in a store that is migrated. */
export function describeReminders(store: () => Operations): void {
  describe('reminders', () => {
    const sample = {
      who: 'dashboard',
      personId: 99_999,
      note: 'обещала «завтра»',
    };

    it('are kept with their pages, whoever has left since, and read newest first', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const add = (link: string) => insertPage(store(), { organisationId, network: 'vk', link }, now);
      const [one, two] = [await add('https://vk.com/reminded-one'), await add('https://vk.com/reminded-two')];
      const { id: personId } = await savePerson(store(), { name: 'Петрова Анна', email: '', phone: '' });
      const of = { ...sample, personId };
      const said = {
        first: { ...of, at: now, channel: 'phone', pageIds: [one.id, two.id] },
        second: { ...of, at: later, channel: 'mail', note: '', pageIds: [] },
      } as const;
      const [id, other] = [
        await addReminder(store(), { ...said.first, pageIds: [...said.first.pageIds] }),
        await addReminder(store(), { ...said.second, pageIds: [] }),
      ];
      const first = { id, personName: 'Петрова Анна', ...said.first };
      const second = { id: other, personName: 'Петрова Анна', ...said.second };
      expect(await listReminders(store())).toEqual([second, first]);
      expect(await listReminders(store(), { since: later })).toEqual([second]);
      expect(await listReminders(store(), { personId })).toEqual([second, first]);
      expect(await listReminders(store(), { personId: 99_999 })).toEqual([]);
      await removePage(store(), one.id, later);
      expect(await listReminders(store())).toEqual([second, first]);
      await eraseReminderNotes(store(), personId);
      await removePerson(store(), personId);
      const forgotten = { personName: '', note: '' };
      expect(await listReminders(store())).toEqual([
        { ...second, ...forgotten },
        { ...first, ...forgotten },
      ]);
      expect(await removeReminder(store(), id)).toBe(true);
      expect(await removeReminder(store(), id)).toBe(false);
      expect(await listReminders(store())).toEqual([{ ...second, ...forgotten }]);
      await removeReminder(store(), other);
    });

    it('are about registered pages only, and are written whole or not at all', async () => {
      await expect(
        addReminder(store(), { ...sample, at: now, channel: 'in_person', pageIds: [99_999] }),
      ).rejects.toThrow(/foreign key/i);
      expect(await listReminders(store())).toEqual([]);
    });
  });
}
