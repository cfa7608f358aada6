import type { PageDetails } from '../../../../analytics/status/current.ts';
import type { LineReminder, SilentScreen } from '#lib/server/silent-screen.ts';
import { changeSilentFilters, writeSilentFilters, type SilentForm } from '#lib/silent-filters.ts';

/** What every line of the list is drawn with. */
export interface ListContext {
  details: ReadonlyMap<number, PageDetails>;
  now: Date;
  /** Whether the key of VK is set. */
  vkConfigured: boolean;
  /** By line; empty where nothing can be changed. */
  reminders: ReadonlyMap<string, LineReminder>;
  /** Whether anything can be changed here: contacts are shown only then. */
  canChange: boolean;
  /** Under which line a form is open; `null` for none. */
  openAt: string | null;
  /** Where a form is opened under a line, or closed when it is open there. */
  address: (at: string, action: SilentForm, id: number) => string;
  isOpen: (at: string, action: SilentForm, id: number) => boolean;
}

/** Where the open form stands: under its line, or '' above the list when that is not shown. */
function placeOf({ filters, list, registered }: SilentScreen): string | null {
  if (!filters.open) return null;
  if (registered === 0) return '';
  const { at } = filters.open;
  const shown = list.sections.flatMap(({ lines, people }) => [...lines, ...people]);
  return shown.some(({ key }) => key === at) ? at : '';
}

/** The context of a list as it was loaded. */
export function listContext(screen: SilentScreen): ListContext {
  const { filters, details, asOf, edits, vkConfigured } = screen;
  const isOpen: ListContext['isOpen'] = (at, action, id) =>
    filters.open?.at === at && filters.open.action === action && filters.open.id === id;
  return {
    details,
    now: asOf,
    vkConfigured,
    reminders: edits?.reminders ?? new Map(),
    canChange: edits !== null,
    openAt: edits && placeOf(screen),
    isOpen,
    address: (at, action, id) => {
      const open = isOpen(at, action, id) ? null : { action, id, at };
      return `/silent${writeSilentFilters(changeSilentFilters(filters, { open }))}#${at}`;
    },
  };
}
