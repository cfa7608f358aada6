import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import type { SilentLine } from '#lib/server/silent-lines.ts';
import type { SilentScreen } from '#lib/server/silent-screen.ts';
import { groupWords, unreadWords } from '#lib/silent-words.ts';
import { statusWords } from '#wording/status-labels.ts';
import type { Person } from '../../../../schema/operations/people.ts';

const personText = ({ name, phone, email }: Person): string =>
  [name, phone, email].filter(Boolean).join(', ');

function lineText(line: SilentLine, { details, vkConfigured }: SilentScreen): string {
  const unread = line.pages.find(({ status }) => status === 'unknown');
  const state =
    line.status === 'unknown' && unread
      ? unreadWords(unread, details.get(unread.id), vkConfigured)
      : statusWords(line.status, null, line.days);
  return [
    `${line.organisation.short}: ${state}`,
    ...line.pages.map(({ url }) => `  ${url}`),
    ...(line.people?.responsible ?? []).map(
      (each) => `  ${m.silent_role_of({ role: m.silent_responsible(), name: personText(each) })}`,
    ),
    ...(line.people?.chair ?? []).map(
      (each) => `  ${m.silent_role_of({ role: m.silent_chair(), name: personText(each) })}`,
    ),
  ].join('\n');
}

/** The shown list as plain text, to be sent in a letter or a messenger. */
export function listText(screen: SilentScreen, format: Formatter): string {
  const sections = screen.list.sections.map(({ group, lines, people }) =>
    [
      groupWords(group).toUpperCase(),
      ...lines.map((line) => lineText(line, screen)),
      ...people.map((entry) =>
        [
          entry.person ? personText(entry.person) : m.silent_nobody_title(),
          ...entry.lines.map(
            (line) => `  ${lineText({ ...line, people: null }, screen).replaceAll('\n', '\n  ')}`,
          ),
        ].join('\n'),
      ),
    ].join('\n\n'),
  );
  return [m.silent_printed({ when: format.instant(screen.asOf) }), ...sections].join('\n\n');
}
