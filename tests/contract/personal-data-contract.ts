import { describe, expect, it } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import { testActor as actor } from '#register/register-for-tests.ts';
import { changeContacts } from '#register/edits/change-contacts.ts';
import { applyImport, planImport } from '#register/import.ts';
import { listPeopleToErase } from '#register/personal-data/due.ts';
import { eraseDue } from '#register/personal-data/erase-due.ts';
import { erasePerson } from '#register/personal-data/erase-person.ts';
import { findPeople, readStoredPerson } from '#register/personal-data/stored-person.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { addOneTimeLink, findOneTimeLink } from '#schema/operations/one-time-links.ts';
import { listPages } from '#schema/operations/pages.ts';
import { getPerson, listFormerPeople, listPeople } from '#schema/operations/people.ts';
import { addReminder, listReminders, removeReminder } from '#schema/operations/reminders.ts';

const zone = 'Asia/Irkutsk';
const at = (day: string): Date => new Date(`${day}T03:00:00Z`);

/** Every row of every table that may name somebody, as one text. */
async function everything({ db }: Operations): Promise<string> {
  const rows = [
    ...(await db.selectFrom('people').selectAll().execute()),
    ...(await db.selectFrom('reminders').selectAll().execute()),
    ...(await db.selectFrom('journal').selectAll().execute()),
    ...(await db.selectFrom('journalValues').selectAll().execute()),
    ...(await db.selectFrom('revisions').selectAll().execute()),
    ...(await db.selectFrom('oneTimeLinks').selectAll().execute()),
  ];
  return JSON.stringify(rows);
}

/** The part of the contract about what is kept of people, and how long, in a store that is migrated. */
export function describeErasure(store: () => Operations): void {
  describe('personal data', () => {
    const register = async (day: string, person: string, basis = '', proof = '') => {
      const heading = 'organisation,vk,responsible,email,phone,responsible_basis,responsible_proof';
      const text = `${heading}\nСтирка,vk.com/club7700,${person},${basis},${proof}\n`;
      const file = { name: 'x.csv', content: Buffer.from(text) };
      const plan = await planImport(store(), file, { today: day, skipBad: false });
      expect(plan.problems).toEqual([]);
      await applyImport(store(), plan, { who: 'test', now: at(day) });
    };
    const idOf = async (name: string): Promise<number> =>
      [...(await listPeople(store())), ...(await listFormerPeople(store()))].find(
        (person) => person.name === name,
      )?.id ?? 0;

    it('are all found and handed out', async () => {
      await register('2026-01-10', 'Стираева Юлия,erased@example.org,+7 111 000-00-77');
      const id = await idOf('Стираева Юлия');
      await changeContacts.make(
        store(),
        {
          ...{ person: id, name: 'Стираева Юлия', email: 'erased@example.org', phone: '+7 111 000-00-78' },
          ...{ basis: 'consent', proof: 'папка 77', processingGiven: '2026-01-10' },
        },
        { ...actor, now: at('2026-02-01') },
      );
      const page = (await listPages(store())).find(({ link }) => link.includes('club7700'));
      const note = 'Стираева обещала 77';
      await addReminder(store(), {
        ...{ at: at('2026-02-02'), who: 'dashboard', personId: id, channel: 'phone', note },
        pageIds: [page?.id ?? 0],
      });
      const stored = await readStoredPerson(store(), id, zone);
      expect(stored).toMatchObject({
        ...{ id, name: 'Стираева Юлия', phone: '+7 111 000-00-78', endedAt: null, erasedOn: null },
        basis: { ...noBasis, basis: 'consent', proof: 'папка 77', processingGiven: '2026-01-10' },
        roles: [{ organisation: 'Стирка', role: 'responsible', endedAt: null }],
        reminders: [{ who: 'dashboard', note, pages: [page?.link] }],
        accounts: [],
      });
      const told = stored?.journal.map(({ what, value }) => `${what} ${value}`);
      expect(told).toEqual(
        expect.arrayContaining(['organisation.added Стираева Юлия', 'person.changed папка 77']),
      );
      expect(await findPeople(store(), ' стираева')).toEqual([
        { id, name: 'Стираева Юлия', isFormer: false },
      ]);
      expect(await findPeople(store(), '(111) 000-00-78')).toHaveLength(1);
      expect([await findPeople(store(), ' '), await readStoredPerson(store(), 99_999, zone)]).toEqual([
        [],
        null,
      ]);
    });

    it('are erased a year after the last part ended, and the journal stays whole', async () => {
      const id = await idOf('Стираева Юлия');
      await register('2026-03-05', 'Новикова Яна,yana77@example.org,+7 111 000-00-79');
      expect(await readStoredPerson(store(), id, zone)).toMatchObject({ erasedOn: '2027-03-05' });
      const before = { until: '2027-03-04', zone };
      expect((await listPeopleToErase(store(), before)).filter(({ person }) => person.id === id)).toEqual([]);
      const due = await listPeopleToErase(store(), { until: '2027-03-05', zone });
      expect(due.find(({ person }) => person.id === id)).toMatchObject({ endedOn: '2026-03-05' });
      await eraseDue(store(), { now: at('2027-03-04'), zone });
      expect(await getPerson(store(), id)).not.toBeNull();
      const entries = (await listJournal(store(), { limit: 10_000 })).length;
      const erased = await eraseDue(store(), { now: at('2027-03-05'), zone });
      expect(erased.people).toBeGreaterThan(0);
      expect(await getPerson(store(), id)).toBeNull();
      expect(await everything(store())).not.toMatch(/Стираева|erased@example|000-00-7[78]|папка 77/u);
      expect((await listJournal(store(), { limit: 10_000 })).length).toBeGreaterThan(entries);
      expect(await listJournal(store(), { subject: `person:${id}`, what: ['person.erased'] })).toMatchObject([
        { who: 'schedule', before: null, after: { reason: 'year_passed' } },
      ]);
      const [reminder] = await listReminders(store(), { personId: id });
      expect(reminder).toMatchObject({ personName: '', note: '' });
      await removeReminder(store(), reminder?.id ?? 0);
      expect(await verifyJournal(store())).toMatchObject({ isWhole: true });
      // Whoever is in the register is still told of.
      expect(await everything(store())).toMatch(/Новикова Яна/u);
      expect(await eraseDue(store(), { now: at('2027-03-05'), zone })).toEqual({ people: 0, values: 0 });
    });

    it('are kept for another year by a basis of after the end', async () => {
      await register('2027-03-06', 'Третьякова Ия,,+7 111 000-00-80');
      const id = await idOf('Новикова Яна');
      const kept = { name: 'Новикова Яна', email: 'yana77@example.org', phone: '+7 111 000-00-79' };
      await changeContacts.make(
        store(),
        { person: id, ...kept, basis: 'consent', basisOn: '2027-05-01' },
        { ...actor, now: at('2027-05-02'), today: '2027-05-02' },
      );
      await eraseDue(store(), { now: at('2028-04-30'), zone });
      expect(await getPerson(store(), id)).not.toBeNull();
      await eraseDue(store(), { now: at('2028-05-01'), zone });
      expect(await getPerson(store(), id)).toBeNull();
    });

    it('of who asks for it are erased at once, but for what somebody else is reached by', async () => {
      const id = await idOf('Третьякова Ия');
      const text = 'organisation,responsible,phone\nСоседи,Соседова Ева,+7 111 000-00-80\n';
      const plan = await planImport(
        store(),
        { name: 'x.csv', content: Buffer.from(text) },
        { today: '2028-05-02', skipBad: false },
      );
      await applyImport(store(), plan, { who: 'test', now: at('2028-05-02') });
      const by = {
        at: at('2028-05-03'),
        who: 'anna@example.ru',
        address: '192.0.2.7',
        reason: 'request',
      } as const;
      expect(await erasePerson(store(), id, by)).toBeGreaterThan(0);
      expect(await erasePerson(store(), id, by)).toBeNull();
      const all = await everything(store());
      expect(all).not.toMatch(/Третьякова/u);
      expect(all).toMatch(/Соседова Ева.*000-00-80/u);
      expect(await listJournal(store(), { subject: `person:${id}`, what: ['person.erased'] })).toMatchObject([
        { who: 'anna@example.ru', address: '192.0.2.7', after: { reason: 'request' } },
      ]);
      expect(await verifyJournal(store())).toMatchObject({ isWhole: true });
      await erasePerson(store(), await idOf('Соседова Ева'), by);
    });

    it('of who asks for it are erased as they were before they were changed, too', async () => {
      await register('2026-04-01', 'Прежняя Инна,inna77@example.org,+7 111 000-00-81', 'consent', 'папка 81');
      const id = await idOf('Прежняя Инна');
      await changeContacts.make(
        store(),
        {
          ...{ person: id, name: 'Новая Инна', email: 'inna78@example.org', phone: '+7 111 000-00-82' },
          ...{ basis: 'consent', proof: 'папка 82' },
        },
        { ...actor, now: at('2026-04-02') },
      );
      // What is erased is what is handed out.
      const told = (await readStoredPerson(store(), id, zone))?.journal ?? [];
      const imported = told.filter(({ what }) => what.startsWith('organisation.')).map(({ value }) => value);
      expect(imported).toEqual(
        expect.arrayContaining(['Прежняя Инна', 'inna77@example.org', '+7 111 000-00-81', 'папка 81']),
      );
      await erasePerson(store(), id, { at: at('2026-04-03'), who: 'test', reason: 'request' });
      expect(await everything(store())).not.toMatch(/Инна|inna7|000-00-8[12]|папка 8[12]/u);
      expect(await verifyJournal(store())).toMatchObject({ isWhole: true });
    });

    it('of whom a link was for are forgotten when it ends', async () => {
      const made = {
        kind: 'invitation',
        userId: null,
        createdBy: 'command',
        createdAt: at('2028-06-01'),
      } as const;
      const payload = { email: 'guest77@example.org' };
      const { token } = await addOneTimeLink(store(), { ...made, payload, expiresAt: at('2028-06-08') });
      await eraseDue(store(), { now: at('2028-06-07'), zone });
      expect(await findOneTimeLink(store(), 'invitation', token)).toMatchObject({ payload });
      await eraseDue(store(), { now: at('2028-06-08'), zone });
      expect(await findOneTimeLink(store(), 'invitation', token)).toMatchObject({ payload: null });
    });
  });
}
