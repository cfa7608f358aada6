import type { PageDetails, CurrentStatuses } from '#analytics/status/current.ts';
import type { Coverage, League } from '#analytics/types.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import { pagesWithoutKey, type PagesWithoutKey } from '#domain/networks/without-key.ts';
import { levels, type Level, type ReminderChannel } from '#domain/vocabulary.ts';
import { listReminders, type Reminder } from '#schema/operations/reminders.ts';
import { readSilentFilters, type SilentFilters } from '../silent-filters.ts';
import { noEdits } from '../edit-address.ts';
import { openContactBook } from './contacts.ts';
import { formContent, openedVersion, type FormContent } from './edit-forms.ts';
import { refuseWrongDays } from './periods.ts';
import { currentStatuses, loadPostsSince, pageDetails } from './questions.ts';
import type { Reader } from './reader.ts';
import { seenCoverage } from './seen-leaderboard.ts';
import { shareAnswer } from './reader-answers.ts';
import {
  joinPostsSince,
  recentEdits,
  shownEdits,
  type JoinedPostsSince,
  type RecentEdits,
} from './recent-edits.ts';
import type { DashboardServices } from './services.ts';
import { shownRows, shownPages, silentList, type SilentList } from './silent-view.ts';

/** The newest reminder about a row's pages, and what happened after it. */
export interface RowReminder {
  at: Date;
  person: string;
  channel: ReminderChannel;
  note: string;
  postsSince: JoinedPostsSince;
}

/** What can be chosen in the filters. */
export interface SilentChoices {
  sectors: string[];
  levels: Level[];
  councils: string[];
  leagues: League[];
}

/** What the screen shows beside the list to who may edit. */
export interface SilentEdits extends RecentEdits {
  /** By the rows' keys. */
  reminders: Map<string, RowReminder>;
  form: FormContent | null;
}

/** Everything that «Не обновляются» shows. */
export interface SilentScreen {
  filters: SilentFilters;
  list: SilentList;
  /** What is known of all pages of the register. */
  coverage: Coverage;
  /** Pages that are not read because the key of their network is not set. */
  withoutKey: readonly PagesWithoutKey[];
  /** The networks whose key is not set. */
  networksWithoutKey: readonly MeasuredNetwork[];
  /** By page. */
  details: Map<number, PageDetails>;
  choices: SilentChoices;
  asOf: Date;
  /** How many organisations the register has. */
  registered: number;
  /** `null` for who may not edit: nothing of it leaves the server. */
  edits: SilentEdits | null;
}

/** Older reminders are no news. */
const remindersFor = 90 * 86_400_000;

/** What one may ask for who does not see people. */
function withoutPeople(filters: SilentFilters): SilentFilters {
  return {
    ...filters,
    view: filters.view === 'people' ? 'organisations' : filters.view,
    sort: filters.sort === 'person' ? 'silence' : filters.sort,
  };
}

/** The filters as far as a reader may ask for what they name. */
function allowedFilters(asked: SilentFilters, reader: Reader): SilentFilters {
  const filters = reader.may('contacts.read') ? asked : withoutPeople(asked);
  return mayEdit(reader) ? filters : { ...filters, ...noEdits };
}

/** Forms show contacts, and what was done names people. */
export const mayEdit = (reader: Reader): boolean =>
  reader.may('register.edit') && reader.may('contacts.read') && reader.may('journal.read');

/** The screen as the filters ask for it; of contacts, edits and the journal nothing is read that the reader may not see. */
export async function silentScreen(
  services: DashboardServices,
  reader: Reader,
  asked: SilentFilters,
): Promise<SilentScreen> {
  const { analytics, operations, settings } = services;
  const filters = allowedFilters(asked, reader);
  const version = filters.open && (await openedVersion(operations, filters.open));
  const book = reader.may('contacts.read')
    ? await openContactBook(operations, reader.reach('contacts.read'))
    : null;
  const [standings, coverage] = await Promise.all([
    seenStatuses(services, reader, filters.network ?? undefined),
    seenCoverage(services, reader),
  ]);
  const list = silentList(standings, book, filters);
  const details = await pageDetails(analytics, shownPages(list));
  const { asOf } = standings;
  const { networksWithoutKey } = settings;
  const screen = {
    filters,
    list,
    coverage,
    withoutKey: pagesWithoutKey(coverage.registered, networksWithoutKey),
    networksWithoutKey,
    details,
    choices: choicesOf(standings),
    asOf,
    registered: standings.organisations.length,
  };
  if (!book || !mayEdit(reader)) return { ...screen, edits: null };
  const whole = filters.network && filters.open ? await seenStatuses(services, reader) : standings;
  const form =
    filters.open &&
    (await formContent(filters.open, version, {
      standings: whole,
      book,
      operations,
      within: reader.reach('register.edit'),
    }));
  return {
    ...screen,
    edits: {
      reminders: await remindersOf(services, list, asOf),
      form,
      ...(await recentEdits(services, reader, filters, shownEdits)),
    },
  };
}

/** The screen as its address asks for it. */
export async function silentAt(services: DashboardServices, reader: Reader, url: URL): Promise<SilentScreen> {
  refuseWrongDays(url);
  return await silentScreen(services, reader, readSilentFilters(url.searchParams));
}

/** How those whom a reader sees stand now; how everybody stands is asked once for all readers. */
export async function seenStatuses(
  services: DashboardServices,
  reader: Reader,
  network?: SilentFilters['network'],
): Promise<CurrentStatuses> {
  const standings = await shareAnswer(services, 'standings', { network }, () =>
    currentStatuses(services.analytics, { network: network ?? undefined }),
  );
  const within = reader.reach('silent.read');
  if (!within) return standings;
  const organisations = standings.organisations.filter(({ id }) => within.has(id));
  const leagues = new Set(organisations.flatMap(({ league }) => league?.id ?? []));
  return { ...standings, organisations, leagues: standings.leagues.filter(({ id }) => leagues.has(id)) };
}

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
  const found = shownRows(list).flatMap((row) => {
    const ids = row.pages.map(({ id }) => id);
    const newest = reminders.find(({ pageIds }) => pageIds.some((id) => ids.includes(id)));
    return newest ? [{ key: row.key, newest, pageIds: ids }] : [];
  });
  const asked = found.flatMap(({ newest, pageIds }) =>
    pageIds.map((pageId) => ({ pageId, since: newest.at })),
  );
  const parts = await loadPostsSince(analytics, asked);
  let taken = 0;
  return new Map(
    found.map(({ key, newest, pageIds }) => {
      const own = parts.slice(taken, (taken += pageIds.length));
      return [key, toRowReminder(newest, joinPostsSince(own))];
    }),
  );
}

function toRowReminder(
  { at, personName, channel, note }: Reminder,
  postsSince: JoinedPostsSince,
): RowReminder {
  return { at, person: personName, channel, note, postsSince };
}
