import type { PageDetails } from '#analytics/status/current.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import type { RowReminder, SilentScreen } from '#lib/server/silent-screen.ts';
import type { EditForm } from '#lib/edit-address.ts';
import { changeSilentFilters, writeSilentFilters } from '#lib/silent-filters.ts';

/** What every row of the list is drawn with. */
export interface ListContext {
  details: ReadonlyMap<number, PageDetails>;
  now: Date;
  /** The networks whose key is not set. */
  networksWithoutKey: readonly MeasuredNetwork[];
  /** By row; empty where nothing can be changed. */
  reminders: ReadonlyMap<string, RowReminder>;
  /** Whether anything can be changed here: contacts are shown only then. */
  canChange: boolean;
  /** Under which row a form is open; `null` for none. */
  openAt: string | null;
  /** Where a form is opened under a row, or closed when it is open there. */
  address: (at: string, action: EditForm, id: number) => string;
  isOpen: (at: string, action: EditForm, id: number) => boolean;
}

/** Where the open form stands: under its row, or '' above the list when that is not shown. */
function placeOf({ filters, list, registered }: SilentScreen): string | null {
  if (!filters.open) return null;
  if (registered === 0) return '';
  const { at } = filters.open;
  const shown = list.sections.flatMap(({ rows, people }) => [...rows, ...people]);
  return shown.some(({ key }) => key === at) ? at : '';
}

/** The context of a list as it was loaded. */
export function listContext(screen: SilentScreen): ListContext {
  const { filters, details, asOf, edits, networksWithoutKey } = screen;
  const isOpen: ListContext['isOpen'] = (at, action, id) =>
    filters.open?.at === at && filters.open.action === action && filters.open.id === id;
  return {
    details,
    now: asOf,
    networksWithoutKey,
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
