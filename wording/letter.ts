import type { OrganisationRef, PageRef } from '#analytics/refs.ts';
import type { PageStatus } from '#analytics/status/current.ts';
import type { Formatter } from './format.ts';
import { fittingMailLink, givenName } from './mail-link.ts';
import { m } from './paraglide/messages.js';
import type { Sender } from './sender.ts';
import { networkLabel } from './vocabulary-labels.ts';

/** A letter about all silent pages of one person. */
export interface Letter {
  subject: string;
  text: string;
  /** A link that opens it in a mail program; `null` without an address. */
  mailto: string | null;
  /** The link has a shorter text: what mail programs are given is limited, and a whole letter in Russian is longer. */
  isShortened: boolean;
}

/** A silent page as a reminder names it. */
export interface RemindedPage {
  page: Pick<PageRef, 'network' | 'url'> & Pick<PageStatus, 'daysSilent' | 'lastPost'>;
  organisation: OrganisationRef;
}

/** Whom a reminder is for, and what it is about. */
export interface Reminder {
  /** `email` is '' where none is known. */
  person: { name: string; email: string };
  pages: RemindedPage[];
  /** They answer for the pages only because nobody else does. */
  isChair: boolean;
}

function pageText({ page, organisation }: RemindedPage, format: Formatter): string {
  const said = { organisation: organisation.short, network: networkLabel(page.network), url: page.url };
  return page.daysSilent === null || page.lastPost === null
    ? m.letter_line_never(said)
    : m.letter_line({
        ...said,
        days: m.days({ count: page.daysSilent }),
        day: format.day(format.dayOf(page.lastPost)),
      });
}

const briefPageText = ({ page: { url, daysSilent } }: RemindedPage): string =>
  daysSilent === null
    ? m.letter_brief_never({ url })
    : m.letter_brief_page({ url, days: m.days({ count: daysSilent }) });

/** A letter with these lines about the pages; `isShort`: it asks in one sentence. */
function letterText(
  { person, isChair }: Reminder,
  sender: Sender | null,
  lines: readonly string[],
  isShort: boolean,
): string {
  const count = lines.length;
  const name = givenName(person.name);
  return [
    name ? m.letter_greeting({ name }) : m.letter_greeting_plain(),
    [isChair ? m.letter_intro_chair({ count }) : m.letter_intro({ count }), ...lines].join('\n'),
    ...(isShort ? [m.letter_ask_short()] : [m.letter_ask(), m.letter_otherwise()]),
    [m.letter_thanks(), ...(sender ? [signature(sender)] : [])].join('\n'),
  ].join('\n\n');
}

function signature({ organisation: { nominative }, department }: Sender): string {
  if (!department) return nominative;
  return m.letter_sign({ federation: nominative, department: department.nominative });
}

/** Brief texts, each with one page less, the longest silence first. */
function briefTexts(pages: readonly RemindedPage[]): string[] {
  const daysOf = ({ page }: RemindedPage) => page.daysSilent ?? Number.MAX_SAFE_INTEGER;
  const byDays = pages.toSorted((one, other) => daysOf(other) - daysOf(one));
  return byDays.map((_, left) =>
    m.letter_brief({
      pages: byDays
        .slice(0, byDays.length - left)
        .map(briefPageText)
        .join(', '),
    }),
  );
}

/**
 * The letter that reminds a person of their silent pages, and the link that opens it in a mail program. Without a sender it
 * is not signed.
 */
export function writeLetter(content: Reminder, sender: Sender | null, format: Formatter): Letter {
  const { person, pages } = content;
  const count = pages.length;
  const owners = [...new Set(pages.map(({ organisation }) => organisation.short))];
  const subject = m.letter_subject({
    count,
    name: owners.length > 2 ? `${owners.slice(0, 2).join(', ')}…` : owners.join(', '),
  });
  const lines = pages.map((page) => pageText(page, format));
  const text = letterText(content, sender, lines, false);
  if (person.email === '') return { subject, text, mailto: null, isShortened: false };
  const fitting = fittingMailLink(person.email, subject, [
    text,
    letterText(content, sender, lines, true),
    // The subject names the organisation.
    letterText(
      content,
      sender,
      pages.map((page) => `— ${briefPageText(page)}`),
      true,
    ),
    ...briefTexts(pages),
  ]);
  return { subject, text, mailto: fitting.link, isShortened: fitting.text !== text };
}
