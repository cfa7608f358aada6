import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { columnOf, registerColumns } from './columns.ts';
import { openTestRegister, type TestRegister } from './register-for-tests.ts';

let register: TestRegister;
beforeEach(async () => {
  register = await openTestRegister();
});
afterEach(async () => {
  await register.close();
});

test('an import of the sample in Russian is that of the sample in English, and a Russian Excel opens it', async () => {
  const [english = '', russian = ''] = ['register-sample.csv', 'register-sample.ru.csv'].map((name) =>
    readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8'),
  );
  expect((await register.import(english)).changes.map(({ kind }) => kind)).not.toContain('unchanged');
  const again = await register.import(russian);
  expect(again.changes.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
  const [heading = ''] = russian.split('\n');
  expect(heading).toMatch(/^\ufeffОрганизация;Краткое название;/u);
  expect(heading).not.toMatch(/,/u);
  expect(heading.split(';').map(columnOf)).toEqual([...registerColumns]);
});
