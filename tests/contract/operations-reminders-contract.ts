import { describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import { insertPage, removePage } from '#schema/operations/pages.ts';
import { addReminder, listReminders, removeReminder } from '#schema/operations/reminders.ts';
import { fields, later, now } from './sample-organisation.ts';

/** The part of the contract about reminders, in a store that is migrated. */
export function describeReminders(store: () => Operations): void {
  describe('reminders', () => {
    const sample = {
      who: 'dashboard',
      personId: 99_999,
      personName: 'Петрова Анна',
      note: 'обещала «завтра»',
    };

    it('are kept with their pages, whoever has left since, and read newest first', async () => {
      const { id: organisationId } = await insertOrganisation(store(), fields, now);
      const add = (link: string) => insertPage(store(), { organisationId, network: 'vk', link }, now);
      const [one, two] = [await add('https://vk.com/reminded-one'), await add('https://vk.com/reminded-two')];
      const first = await addReminder(store(), {
        ...sample,
        at: now,
        channel: 'phone',
        pageIds: [one.id, two.id],
      });
      const second = await addReminder(store(), {
        ...sample,
        at: later,
        channel: 'mail',
        note: '',
        pageIds: [],
      });
      expect(await listReminders(store())).toEqual([second, first]);
      expect(await listReminders(store(), { since: later })).toEqual([second]);
      await removePage(store(), one.id, later);
      expect(await listReminders(store())).toEqual([second, first]);
      expect(await removeReminder(store(), first.id)).toBe(true);
      expect(await removeReminder(store(), first.id)).toBe(false);
      expect(await listReminders(store())).toEqual([second]);
      await removeReminder(store(), second.id);
    });

    it('are about registered pages only, and are written whole or not at all', async () => {
      await expect(
        addReminder(store(), { ...sample, at: now, channel: 'in_person', pageIds: [99_999] }),
      ).rejects.toThrow(/foreign key/i);
      expect(await listReminders(store())).toEqual([]);
    });
  });
}
