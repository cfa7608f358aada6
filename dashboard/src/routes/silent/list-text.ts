import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import type { SilentRow } from '#lib/server/silent-rows.ts';
import type { SilentScreen } from '#lib/server/silent-screen.ts';
import { groupLabel, unreadLabel } from '#lib/silent-labels.ts';
import { statusLabel } from '#wording/status-labels.ts';
import type { Person } from '#schema/operations/people.ts';

const personText = ({ name, phone, email }: Person): string =>
  [name, phone, email].filter(Boolean).join(', ');

function rowText(row: SilentRow, { details, networksWithoutKey }: SilentScreen): string {
  const unread = row.pages.find(({ status }) => status === 'unknown');
  const state =
    row.status === 'unknown' && unread
      ? unreadLabel(unread, details.get(unread.id), networksWithoutKey)
      : statusLabel(row.status, null, row.days);
  return [
    `${row.organisation.short}: ${state}`,
    ...row.pages.map(({ url }) => `  ${url}`),
    ...(row.people?.responsible ?? []).map(
      (each) => `  ${m.silent_role_of({ role: m.silent_responsible(), name: personText(each) })}`,
    ),
    ...(row.people?.chair ?? []).map(
      (each) => `  ${m.silent_role_of({ role: m.silent_chair(), name: personText(each) })}`,
    ),
  ].join('\n');
}

/** The shown list as plain text, to be sent in a letter or a messenger. */
export function listText(screen: SilentScreen, format: Formatter): string {
  const sections = screen.list.sections.map(({ group, rows, people }) =>
    [
      groupLabel(group).toUpperCase(),
      ...rows.map((row) => rowText(row, screen)),
      ...people.map((entry) =>
        [
          entry.person ? personText(entry.person) : m.silent_nobody_title(),
          ...entry.rows.map(
            (row) => `  ${rowText({ ...row, people: null }, screen).replaceAll('\n', '\n  ')}`,
          ),
        ].join('\n'),
      ),
    ].join('\n\n'),
  );
  return [m.silent_printed({ when: format.instant(screen.asOf) }), ...sections].join('\n\n');
}
