import { afterAll, expect, test } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import type { EditSummary } from '#register/edits/registry.ts';
import { formatterFor } from '#wording/format.ts';
import { getLocale, overwriteGetLocale } from '#wording/paraglide/runtime.js';
import { editText } from './edit-text.ts';
import { problemText } from './problem-labels.ts';

const anna = { id: 7, name: 'Анна Петрова', email: '', phone: '24-55-66', ...noBasis };
const erased = { id: 7, name: '', email: '', phone: '', ...noBasis };
const kim = { id: 8, name: 'Сергей Ким', email: 'kim@example.org', phone: '' };

function said(locale: 'ru' | 'en', summary: EditSummary, isErased: boolean): string {
  overwriteGetLocale(() => locale);
  return editText({ id: 1, summary, isErased }, formatterFor(locale, 'Asia/Irkutsk'));
}
const before = getLocale;
afterAll(() => {
  overwriteGetLocale(before);
});

test('who was erased is told as such, and who was not by name', () => {
  const contacts = (before: typeof anna, after: typeof anna): EditSummary => ({
    kind: 'contacts',
    before,
    after,
    areContactsChanged: true,
    isBasisChanged: false,
  });
  expect(said('ru', contacts(anna, anna), false)).toContain('Анна Петрова');
  expect(said('ru', contacts(erased, erased), true)).toMatch(/: данные удалены$/u);
  expect(said('en', contacts(erased, erased), true)).toMatch(/: data erased$/u);
  const appointed = (before: string[], after: string[]): EditSummary => ({
    ...{ kind: 'appoint', organisation: 'ППО', before, after },
  });
  expect(said('ru', appointed(['', ''], [kim.name]), true)).toMatch(
    /данные удалены, данные удалены → Сергей Ким$/u,
  );
  expect(said('en', appointed([kim.name], ['']), true)).toMatch(/Сергей Ким → data erased$/u);
  const reminded = (person: string): EditSummary => ({
    ...{ kind: 'remind', channel: 'phone', note: '', organisations: ['ППО'], person },
  });
  expect(said('en', reminded(''), true)).toContain('data erased (ППО)');
  // A person of an imported file may have a number and no name.
  expect(said('en', reminded(''), false)).not.toContain('erased');
});

test('of contacts and of what they are kept by is told what was changed', () => {
  const changed = (areContactsChanged: boolean, isBasisChanged: boolean) =>
    said('en', { kind: 'contacts', before: anna, after: anna, areContactsChanged, isBasisChanged }, false);
  expect([changed(true, false), changed(false, true), changed(true, true)]).toEqual([
    'Contacts changed: Анна Петрова',
    'Basis and consents changed: Анна Петрова',
    'Contacts, basis and consents changed: Анна Петрова',
  ]);
});

test('an edit of people who were erased says that it cannot be undone, and no erased login is named as the first', () => {
  const problem = { field: null, found: '', detail: '' };
  for (const [locale, undone, edited] of [
    ['ru', 'персональные данные тех, кого касалась правка, удалены', /эти данные изменили \(/u],
    ['en', 'the personal data of those it was about are erased', /somebody edited this \(/u],
  ] as const) {
    overwriteGetLocale(() => locale);
    const format = formatterFor(locale, 'Asia/Irkutsk');
    expect(problemText({ ...problem, code: 'data_erased' }, format)).toContain(undone);
    const first = { ...problem, code: 'edited_meanwhile', detail: '2026-07-02T03:00:00.000Z' } as const;
    expect(problemText(first, format)).toMatch(edited);
  }
});
