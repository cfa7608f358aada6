import { allowedDays } from '#domain/allowed-days.ts';
import { greatestCount } from '#domain/greatest-count.ts';
import type { SetAside } from '#schema/register-mirror.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';

/** A part of the register that the statistics do not know of, in a sentence that says what to do. */
export function setAsideText({ kind, name, found }: SetAside, format: Formatter): string {
  const days = { from: format.day(allowedDays.from), to: format.day(allowedDays.to) };
  switch (kind) {
    case 'pause':
      // As it is kept: «10 декабря 26» would hide what is wrong with 0026-12-10.
      return m.org_aside_pause({ found, ...days });
    case 'members':
      return m.org_aside_members({ found, ...days });
    case 'member_count':
      return m.org_aside_member_count({ found, most: format.whole(greatestCount) });
    case 'value':
      return m.org_aside_value({ found });
    case 'organisation':
      return m.org_aside_organisation({ found });
    case 'page':
      return m.org_aside_page({ name, found });
  }
}

/** The form that puts it right; `null` where that is an import of the register. */
export function setAsideForm({
  kind,
  organisationId,
  pageId,
}: SetAside): { action: 'pause' | 'page'; id: number } | null {
  if (kind === 'pause') return { action: 'pause', id: organisationId };
  return kind === 'page' && pageId !== null ? { action: 'page', id: pageId } : null;
}
