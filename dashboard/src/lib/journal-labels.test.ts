import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { personalFieldsOf } from '#schema/operations/personal-fields.ts';
import { journaledEdits } from '#register/edits/registry.ts';
import { m } from '#wording/paraglide/messages.js';
import { deedLabel, doerLabel, journalFieldLabel } from './journal-labels.ts';

/** The program's own source, without what is for tests. */
const source = globSync('{accounts,cli,dashboard/src,register,schema}/**/*.ts')
  .filter((file) => !/(?:\.test|-for-tests)\.ts$/u.test(file))
  .map((file) => readFileSync(file, 'utf8'));
const matches = (pattern: RegExp): string[] =>
  source.flatMap((text) => [...text.matchAll(pattern)].map(([, what = '']) => what));

/** Words for what was done that the source puts together, with what comes of each. */
const composed: Readonly<Record<string, readonly string[]>> = {
  'organisation.${change.kind}': ['organisation.added', 'organisation.changed'],
  'page.${kind}': ['page.added', 'page.moved'],
  // Of each edit; its words are asked for beside those of the edit.
  '${what}.undone': [],
};

/** Every word for what was done that the program's source gives an entry of the journal. */
const given = [
  ...matches(/\b(?:what: '|undone = ')([a-z_]+\.[a-z_]+)'/gu),
  ...Object.values(composed).flat(),
  ...journaledEdits,
];

test('words that are put together are known here', () => {
  expect(new Set(matches(/\bwhat: `([^`]*)`/gu))).toEqual(new Set(Object.keys(composed)));
});

test('everything that the journal tells of has words, and its undoing too', () => {
  expect(given.length).toBeGreaterThan(30);
  for (const what of new Set(given)) {
    expect([what, deedLabel(what)]).not.toEqual([what, m.deed_other()]);
    expect(deedLabel(`${what}.undone`)).toBe(m.deed_undone({ deed: deedLabel(what) }));
  }
  expect(deedLabel('what.nobody_knows')).toBe(m.deed_other());
  expect(deedLabel('journal.undone')).toBe(m.deed_journal_undone());
});

test('every personal field of an entry has words, before and after it', () => {
  const fields = new Set([...given.flatMap((what) => [...personalFieldsOf(what)]), 'who', 'address']);
  expect(fields.size).toBeGreaterThan(10);
  for (const field of fields) {
    expect([field, journalFieldLabel(field)]).not.toEqual([field, m.journal_field_other()]);
    expect(journalFieldLabel(`before/0/${field}`)).toBe(
      m.journal_before({ field: journalFieldLabel(field) }),
    );
    expect(journalFieldLabel(`after/${field}`)).toBe(m.journal_after({ field: journalFieldLabel(field) }));
  }
});

test('who did something is a login, or words', () => {
  expect(doerLabel('anna@example.ru')).toBe('anna@example.ru');
  expect(doerLabel('command')).toBe(m.stored_by_command());
  expect(doerLabel('dashboard')).toBe(m.stored_by_dashboard());
});
