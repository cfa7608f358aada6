import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestRegister, testActor, type TestRegister } from '#register/register-for-tests.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { WrongArguments } from '../failures.ts';
import type { Locale } from '../messages.ts';
import type { CommandContext } from './command.ts';
import { auditVerifyCommand } from './audit.ts';
import { checkCommand } from './index.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await openTestRegister();
});
afterAll(async () => {
  await register.close();
});
beforeEach(async () => {
  const { db } = register.operations;
  await db.deleteFrom('journalValues').execute();
  await db.deleteFrom('journal').execute();
  await db.deleteFrom('journalHead').execute();
  await db.insertInto('journalHead').values({ id: 1, entryId: 0, hash: '' }).execute();
});

const append = async (count: number) =>
  await appendJournal(
    register.operations,
    Array.from({ length: count }, (_, after) => ({
      ...{ at: testActor.now, who: 'boss@example.org', what: 'page.closed', subject: 'page:1' },
      ...{ before: null, after },
    })),
  );

/** What the command says in a language, after its exit code. */
async function said(locale: Locale, head?: string): Promise<string> {
  const lines: string[] = [];
  const take = (text: string): void => void lines.push(text);
  const context = {
    services: { operations: register.operations, settings: { LOCALE: locale } },
    ...{ out: take, err: take, signal: new AbortController().signal },
  } as unknown as CommandContext;
  const exit = await auditVerifyCommand.run(context, { head });
  return `${exit}: ${lines.join('\n')}`;
}

test('a journal that is whole is said to be, with its number of entries and its head', async () => {
  expect(await said('ru')).toBe('0: Журнал правок пуст.');
  expect(await said('en')).toBe('0: The journal has no entries.');
  await append(3);
  const rows = await register.operations.db.selectFrom('journal').select('hash').orderBy('id').execute();
  const [first = '', , last = ''] = rows.map(({ hash }) => hash);
  expect(await said('ru')).toBe(`0: Журнал правок цел: 3 записи. Хеш последней записи: ${last}`);
  expect(await said('en', first)).toBe(`0: The journal is whole: 3 entries. Hash of the last entry: ${last}`);
});

test('the first entry that does not fit is named, and what is wrong with it', async () => {
  const { db } = register.operations;
  await append(4);
  const unknown = 'f'.repeat(64);
  expect(await said('ru', unknown)).toBe(
    '1: Записи с таким хешем в журнале правок нет: его конец обрезан или переписан.',
  );
  expect(await said('en', unknown)).toMatch(/^1: No entry of the journal has this hash/u);
  await db
    .updateTable('journalValues')
    .set({ value: '"other@example.org"' })
    .where('entryId', '=', 3)
    .execute();
  expect(await said('ru')).toMatch(/^1: .* персональные данные при записи № 3 не те/u);
  expect(await said('en')).toMatch(/^1: .* personal data beside entry 3 are not those/u);
  await db.updateTable('journal').set({ after: '9' }).where('id', '=', 2).execute();
  expect(await said('ru')).toMatch(/^1: .* запись № 2 не продолжает предыдущую/u);
  expect(await said('en')).toMatch(/^1: .* entry 2 does not go on from the one before/u);
});

test('an end that was cut off is named by the entry that should be there', async () => {
  const { db } = register.operations;
  await append(4);
  await db.deleteFrom('journalValues').where('entryId', '>', 2).execute();
  await db.deleteFrom('journal').where('id', '>', 2).execute();
  expect(await said('ru')).toBe('1: Конец журнала правок обрезан: последней должна быть запись № 4.');
  expect(await said('en')).toBe('1: The end of the journal is cut off: its last entry should be 4.');
  await db.deleteFrom('journalHead').execute();
  expect(await said('ru')).toMatch(/^1: Нельзя сказать.*journal_head.*№ 2\.$/u);
  expect(await said('en')).toMatch(/^1: Whether the end.*journal_head.* is now 2\.$/u);
});

test('a hash that can be none is refused before anything is opened', async () => {
  const check = (head: string) => checkCommand('audit verify', { head }, {} as never, testActor.now);
  await expect(check('abc')).rejects.toThrow(WrongArguments);
  await expect(check('abc')).rejects.toThrow('"abc" is no hash of an entry of the journal');
  await check(` ${'AB'.repeat(32)} `);
  await checkCommand('audit verify', {}, {} as never, testActor.now);
});
