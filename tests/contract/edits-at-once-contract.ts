import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyImport, planImport } from '#register/import.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listPauses } from '#schema/operations/pauses.ts';
import { listPeople } from '#schema/operations/people.ts';
import { readVersion, type Subject } from '#schema/operations/row-versions.ts';
import { listReminders } from '#schema/operations/reminders.ts';
import type { Edits } from '../helpers/edit-in-child.ts';

const child = fileURLToPath(new URL('../helpers/edit-in-child.ts', import.meta.url));

type Answer = { done?: unknown; refused?: string; failed?: string };

/** A process with a store of operations that others have too. */
async function startEditor(store: string) {
  const process_ = spawn(process.execPath, [child, store], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    edit: async <Edit extends keyof Edits>(edit: Edit, given: Edits[Edit]): Promise<Answer> => {
      process_.stdin.write(`${JSON.stringify({ edit, given })}\n`);
      return JSON.parse((await lines.next()).value as string) as Answer;
    },
    close: async () => {
      const ended = new Promise((resolve) => process_.once('exit', resolve));
      process_.stdin.end();
      await ended;
    },
  };
}

/** A store: how it is reached by several processes, and its end. */
export interface Backend {
  store: string;
  operations: Operations;
  close(): Promise<void>;
}

export function describeEditsAtOnce(name: string, open: () => Promise<Backend>): void {
  describe(`edits of two processes at the same moment, ${name}`, () => {
    let backend: Backend;
    let editors: Awaited<ReturnType<typeof startEditor>>[];
    let operations: Operations;
    beforeAll(async () => {
      backend = await open();
      ({ operations } = backend);
      await operations.migrate();
      const text = [
        'organisation,vk,responsible,email,phone',
        'А,club5,Петрова Анна,petrova@example.org,+7 000 000-00-01',
        'Б,club6,,,',
      ].join('\n');
      const plan = await planImport(
        operations,
        { name: 'register.csv', content: Buffer.from(text) },
        { today: '2026-07-01', skipBad: false },
      );
      await applyImport(operations, plan, { who: 'test', now: new Date('2026-07-01T04:00:00Z') });
      editors = await Promise.all([startEditor(backend.store), startEditor(backend.store)]);
    });
    afterAll(async () => {
      for (const editor of editors) await editor.close();
      await backend.close();
    });

    /** The same edit sent to both; what the one that was made gives, and what the other was refused for. */
    async function atOnce<Edit extends keyof Edits>(edit: Edit, given: Edits[Edit]) {
      const answers = await Promise.all(editors.map((editor) => editor.edit(edit, given)));
      const done = answers.filter((answer) => answer.done !== undefined);
      expect(answers.map(({ failed }) => failed).filter(Boolean)).toEqual([]);
      expect(done).toHaveLength(1);
      const refused = answers.find((answer) => answer.refused !== undefined)?.refused;
      return { entry: done[0]?.done as number, refused };
    }
    const idOf = async (wanted: string) =>
      (await listOrganisations(operations)).find(({ name }) => name === wanted)?.id ?? 0;
    const entries = async () => (await listJournal(operations, { limit: 1000 })).length;

    test('one pause is agreed, ended and undone, however often it is tried', async () => {
      const organisationId = await idOf('А');
      for (const month of ['08', '09', '10', '11', '12']) {
        const days = { from: `2026-${month}-01`, to: `2026-${month}-10` };
        const before = await entries();
        const agreed = await atOnce('pause', { organisation: organisationId, ...days, reason: 'отпуск' });
        expect(agreed.refused).toBe('pauses_overlap');
        const [pause] = await listPauses(operations, organisationId);
        const shutdown = { organisation: organisationId, pause: pause?.id ?? 0 };
        const ended = await atOnce('resume', shutdown);
        expect(ended.refused).toBe('not_there');
        expect((await atOnce('undo', ended.entry)).refused).toBe('undone_already');
        expect(await listPauses(operations, organisationId)).toHaveLength(1);
        expect((await atOnce('undo', agreed.entry)).refused).toBe('undone_already');
        expect(await listPauses(operations, organisationId)).toEqual([]);
        expect((await entries()) - before).toBe(6);
      }
    });

    test('two pauses that overlap are not both agreed', async () => {
      const organisationId = await idOf('Б');
      const days = [
        { from: '2026-08-01', to: '2026-08-10' },
        { from: '2026-08-10', to: '2026-08-20' },
      ];
      const answers = await Promise.all(
        days.map(
          async (each, index) =>
            await editors[index]?.edit('pause', { organisation: organisationId, ...each, reason: 'отпуск' }),
        ),
      );
      expect(answers.map((answer) => answer?.refused).filter(Boolean)).toEqual(['pauses_overlap']);
      expect(await listPauses(operations, organisationId)).toHaveLength(1);
    });

    test('one reminder is noted', async () => {
      const [person] = await listPeople(operations);
      const [page] = await listPages(operations);
      const reminder = {
        person: person?.id ?? 0,
        page: [page?.id ?? 0],
        channel: 'phone',
        note: '',
      } as const;
      const { entry, refused } = await atOnce('remind', reminder);
      expect(refused).toBe('reminded_already');
      expect(await listReminders(operations)).toHaveLength(1);
      expect((await atOnce('undo', entry)).refused).toBe('undone_already');
    });

    test('one person is appointed, and their contacts are changed once', async () => {
      const contacts = { name: 'Ким Сергей', email: 'kim@example.org', phone: '' };
      const organisationId = await idOf('Б');
      const appointed = await atOnce('appoint', { organisation: organisationId, ...contacts });
      expect(appointed.refused).toBe('nothing_changed');
      const found = (await listPeople(operations)).filter(({ name }) => name === contacts.name);
      expect(found).toHaveLength(1);
      const changed = { person: found[0]?.id ?? 0, ...contacts, phone: '+7 000 000-00-07' };
      const change = await atOnce('contacts', changed);
      expect(change.refused).toBe('nothing_changed');
      expect((await atOnce('undo', change.entry)).refused).toBe('undone_already');
      expect((await atOnce('undo', appointed.entry)).refused).toBe('undone_already');
      expect((await listPeople(operations)).map(({ name }) => name)).toEqual(['Петрова Анна']);
    });

    test('one page is added, replaced and closed', async () => {
      const organisationId = await idOf('Б');
      const added = await atOnce('add', { organisation: organisationId, link: 'vk.com/club77' });
      expect(added.refused).toBe('page_here');
      const page = (await listPages(operations)).find(({ nativeId }) => nativeId === 77);
      const replaced = await atOnce('replace', { page: page?.id ?? 0, link: 'vk.com/club78' });
      expect(replaced.refused).toBe('not_there');
      const next = (await listPages(operations)).find(({ nativeId }) => nativeId === 78);
      const closed = await atOnce('close', { page: next?.id ?? 0 });
      expect(closed.refused).toBe('not_there');
      for (const { entry } of [closed, replaced, added]) {
        expect((await atOnce('undo', entry)).refused).toBe('undone_already');
      }
      expect((await listPages(operations)).map(({ nativeId }) => nativeId)).toEqual([5, 6]);
    });

    test('one growth target is set, changed and put back once', async () => {
      const wanted = { subscribers: '9000', by: '2026-12-31' };
      const set = await atOnce('target', { ...wanted, version: 0 });
      expect(set.refused).toBe('edited_meanwhile');
      const changed = await atOnce('target', { ...wanted, subscribers: '9500', version: set.entry });
      expect(changed.refused).toBe('edited_meanwhile');
      expect((await atOnce('undo', changed.entry)).refused).toBe('undone_already');
      const version = await readVersion(operations, 'setting:growth.target');
      expect((await atOnce('clear', { version })).refused).toBe('edited_meanwhile');
    });

    test('of two who had the same form open, one overwrites nothing and is told', async () => {
      const organisation = await idOf('А');
      const [person] = await listPeople(operations);
      const [page] = await listPages(operations);
      const personId = person?.id ?? 0;
      const pageId = page?.id ?? 0;
      const versionOf = async (subject: Subject) => ({ version: await readVersion(operations, subject) });
      const onOrganisation = { organisation, ...(await versionOf(`organisation:${organisation}`)) };
      const days = { from: '2026-08-01', to: '2026-08-10', reason: 'отпуск' };
      const given = {
        contacts: {
          person: personId,
          name: 'А',
          phone: '24-55-66',
          ...(await versionOf(`person:${personId}`)),
        },
        replace: { page: pageId, link: 'vk.com/club91', ...(await versionOf(`page:${pageId}`)) },
        pause: { ...onOrganisation, ...days },
      } as const;
      for (const [name, sent] of Object.entries(given)) {
        const { entry, refused } = await atOnce(name as keyof typeof given, sent);
        expect([name, refused]).toEqual([name, 'edited_meanwhile']);
        expect((await atOnce('undo', entry)).refused).toBe('undone_already');
      }
      const stale = await editors[0]?.edit('appoint', { ...onOrganisation, name: 'Б', phone: '24-55-66' });
      expect(stale?.refused).toBe('edited_meanwhile');
    });

    test('one register file is taken over; there is nothing left to change for the other', async () => {
      const text = 'organisation,vk\nВ,club81 club82\nГ,club83\n';
      const answers = await Promise.all(editors.map((editor) => editor.edit('import', text)));
      expect(answers.map(({ done }) => done).sort()).toEqual([0, 2]);
      expect((await listOrganisations(operations)).filter(({ name }) => 'ВГ'.includes(name))).toHaveLength(2);
    });
  });
}
