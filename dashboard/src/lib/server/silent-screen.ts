import type { PageDetails, CurrentStatuses } from '../../../../analytics/status/current.ts';
import type { Coverage, League } from '../../../../analytics/types.ts';
import { levels, type Level, type ReminderChannel } from '../../../../domain/vocabulary.ts';
import { listReminders, type Reminder } from '../../../../schema/operations/reminders.ts';
import type { SilentFilters } from '../silent-filters.ts';
import { openContactBook } from './contacts.ts';
import {
  doneLine,
  joinedAftermath,
  recentlyDone,
  type DoneLine,
  type JoinedAftermath,
} from './done-lines.ts';
import { pagesWithoutKey } from './missing-key.ts';
import { loadPostsSince, loadCoverage, pageDetails, currentStatuses } from './questions.ts';
import { shareAnswer } from './reader-answers.ts';
import type { DashboardServices } from './services.ts';
import { formContent, type FormContent } from './silent-forms.ts';
import { shownLines, shownPages, silentList, type SilentList } from './silent-view.ts';

/** The newest reminder about a line's pages, and what happened after it. */
export interface LineReminder {
  at: Date;
  person: string;
  channel: ReminderChannel;
  note: string;
  aftermath: JoinedAftermath;
}

/** What can be chosen in the filters. */
export interface SilentChoices {
  sectors: string[];
  levels: Level[];
  councils: string[];
  leagues: League[];
}

/** What the screen shows beside the list where it is not public. */
export interface SilentEdits {
  /** By the lines' keys. */
  reminders: Map<string, LineReminder>;
  form: FormContent | null;
  /** What has just been done, or undone. */
  done: DoneLine | null;
  undone: DoneLine | null;
  recent: DoneLine[];
}

/** Everything that «Не обновляются» shows. */
export interface SilentScreen {
  filters: SilentFilters;
  list: SilentList;
  /** What is known of all pages of the register. */
  coverage: Coverage;
  /** Pages that are not read because the key of VK is not set. */
  withoutKey: number;
  /** Whether the key of VK is set. */
  vkConfigured: boolean;
  /** By page. */
  details: Map<number, PageDetails>;
  choices: SilentChoices;
  asOf: Date;
  /** How many organisations the register has. */
  registered: number;
  /** `null` where the dashboard is public: nothing of it leaves the server. */
  edits: SilentEdits | null;
}

/** Older reminders are no news. */
const remindersFor = 90 * 86_400_000;

/** What a public reader may ask for: people are no part of it. */
function publicFilters(filters: SilentFilters): SilentFilters {
  return {
    ...filters,
    view: filters.view === 'people' ? 'organisations' : filters.view,
    sort: filters.sort === 'person' ? 'silence' : filters.sort,
    open: null,
    done: null,
    undone: null,
    back: null,
  };
}

/** The screen as the filters ask for it; of contacts, edits and the journal nothing is read where everybody may look. */
export async function silentScreen(services: DashboardServices, asked: SilentFilters): Promise<SilentScreen> {
  const { analytics, operations, settings } = services;
  const filters = settings.publicDashboard ? publicFilters(asked) : asked;
  const book = settings.publicDashboard ? null : await openContactBook(operations);
  const [standings, coverage] = await Promise.all([
    currentStandings(services, filters.network ?? undefined),
    shareAnswer(services, 'coverage', {}, () => loadCoverage(analytics)),
  ]);
  const list = silentList(standings, book, filters);
  const details = await pageDetails(analytics, shownPages(list));
  const { asOf } = standings;
  const screen = {
    filters,
    list,
    coverage,
    withoutKey: pagesWithoutKey(coverage, settings),
    vkConfigured: settings.vkConfigured,
    details,
    choices: choicesOf(standings),
    asOf,
    registered: standings.organisations.length,
  };
  if (!book) return { ...screen, edits: null };
  const whole = filters.network && filters.open ? await currentStandings(services) : standings;
  const form = filters.open && (await formContent(filters.open, { standings: whole, book, operations }));
  return {
    ...screen,
    edits: {
      reminders: await remindersOf(services, list, asOf),
      form,
      done: filters.done === null ? null : await doneLine(services, filters.done),
      undone: filters.undone === null ? null : await doneLine(services, filters.undone),
      recent: await recentlyDone(services),
    },
  };
}

const currentStandings = async (
  services: DashboardServices,
  network?: SilentFilters['network'],
): Promise<CurrentStatuses> =>
  await shareAnswer(services, 'standings', { network }, () =>
    currentStatuses(services.analytics, { network: network ?? undefined }),
  );

function choicesOf({ organisations, leagues }: CurrentStatuses): SilentChoices {
  const distinct = (texts: string[]): string[] =>
    [...new Set(texts)].filter(Boolean).sort((one, other) => one.localeCompare(other, 'ru'));
  const present = new Set(organisations.map(({ level }) => level));
  return {
    sectors: distinct(organisations.map(({ sector }) => sector)),
    councils: distinct(organisations.map(({ council }) => council)),
    levels: levels.filter((level) => present.has(level)),
    leagues,
  };
}

async function remindersOf(
  { analytics, operations }: DashboardServices,
  list: SilentList,
  now: Date,
): Promise<SilentEdits['reminders']> {
  const reminders = await listReminders(operations, { since: new Date(now.getTime() - remindersFor) });
  if (reminders.length === 0) return new Map();
  const found = shownLines(list).flatMap((line) => {
    const ids = line.pages.map(({ id }) => id);
    const newest = reminders.find(({ pageIds }) => pageIds.some((id) => ids.includes(id)));
    return newest ? [{ key: line.key, newest, pageIds: ids }] : [];
  });
  const asked = found.flatMap(({ newest, pageIds }) =>
    pageIds.map((pageId) => ({ pageId, since: newest.at })),
  );
  const parts = await loadPostsSince(analytics, asked);
  let taken = 0;
  return new Map(
    found.map(({ key, newest, pageIds }) => {
      const own = parts.slice(taken, (taken += pageIds.length));
      return [key, lineReminder(newest, joinedAftermath(own))];
    }),
  );
}

function lineReminder({ at, personName, channel, note }: Reminder, aftermath: JoinedAftermath): LineReminder {
  return { at, person: personName, channel, note, aftermath };
}
