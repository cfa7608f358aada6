import type { Formatter } from './format.ts';
import { fittingMailLink, givenName } from './mail-link.ts';
import { m } from './paraglide/messages.js';
import type { FormContent, RemindedPage } from './server/silent-forms.ts';
import { networkWords } from './vocabulary-words.ts';

/** A letter about all silent pages of one person. */
export interface Letter {
  subject: string;
  text: string;
  /** A link that opens it in a mail program; `null` without an address. */
  mailto: string | null;
  /** The link has a shorter text: what mail programs are given is limited. */
  isShortened: boolean;
}

type Reminded = Extract<FormContent, { action: 'remind' }>;

function lineOf({ page, organisation }: RemindedPage, format: Formatter): string {
  const said = { organisation: organisation.short, network: networkWords(page.network), url: page.url };
  return page.daysSilent === null || page.lastPost === null
    ? m.letter_line_never(said)
    : m.letter_line({
        ...said,
        days: m.days({ count: page.daysSilent }),
        day: format.day(format.dayOf(page.lastPost)),
      });
}

function briefOf(pages: readonly RemindedPage[]): string {
  const said = pages.map(({ page: { url, daysSilent } }) =>
    daysSilent === null
      ? m.letter_brief_never({ url })
      : m.letter_brief_page({ url, days: m.days({ count: daysSilent }) }),
  );
  return m.letter_brief({ pages: said.join(', ') });
}

/** Brief texts, each with one page less, the longest silence first. */
function briefTexts(pages: readonly RemindedPage[]): string[] {
  const daysOf = ({ page }: RemindedPage) => page.daysSilent ?? Number.MAX_SAFE_INTEGER;
  const byDays = pages.toSorted((one, other) => daysOf(other) - daysOf(one));
  return byDays.map((_, left) => briefOf(byDays.slice(0, byDays.length - left)));
}

/** The letter that reminds a person of their silent pages, and the link that opens it in a mail program. */
export function letterOf({ person, pages, isChair, from }: Reminded, format: Formatter): Letter {
  const count = pages.length;
  const owners = [...new Set(pages.map(({ organisation }) => organisation.short))];
  const subject = m.letter_subject({
    count,
    name: owners.length > 2 ? `${owners.slice(0, 2).join(', ')}…` : owners.join(', '),
  });
  const name = givenName(person.name);
  const text = [
    name ? m.letter_greeting({ name }) : m.letter_greeting_plain(),
    [
      isChair ? m.letter_intro_chair({ count }) : m.letter_intro({ count }),
      ...pages.map((page) => lineOf(page, format)),
    ].join('\n'),
    m.letter_ask(),
    m.letter_otherwise(),
    [m.letter_thanks(), ...(from ? [m.letter_sign({ federation: from })] : [])].join('\n'),
  ].join('\n\n');
  if (person.email === '') return { subject, text, mailto: null, isShortened: false };
  const fitting = fittingMailLink(person.email, subject, [text, ...briefTexts(pages)]);
  return { subject, text, mailto: fitting.link, isShortened: fitting.text !== text };
}
