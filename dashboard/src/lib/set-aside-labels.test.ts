import { expect, test } from 'vitest';
import type { SetAside } from '#schema/register-mirror.ts';
import { formatterFor } from '#wording/format.ts';
import { setAsideForm, setAsideText } from './set-aside-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');
const of = { organisationId: 12, pageId: null, name: 'Обком' };
const page = { ...of, pageId: 4, name: 'https://vk.com/union' };

test.each<[SetAside, ReturnType<typeof setAsideForm>]>([
  [
    { ...of, kind: 'pause', found: '0026-11-30 – 0026-12-10' },
    { action: 'pause', id: 12 },
  ],
  [{ ...of, kind: 'members', found: '1500-01-01: 5' }, null],
  [{ ...of, kind: 'value', found: 'started' }, null],
  [{ ...of, kind: 'organisation', found: 'level' }, null],
  [
    { ...page, kind: 'page', found: 'native_id' },
    { action: 'page', id: 4 },
  ],
  [{ ...page, kind: 'value', found: 'state_since' }, null],
])('%o says what was found and what to do', (setAside, form) => {
  expect(setAsideText(setAside, format)).toContain(setAside.found);

  expect(setAsideForm(setAside)).toEqual(form);
});
