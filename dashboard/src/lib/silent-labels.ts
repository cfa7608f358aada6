import type { PageDetails, PageStatus } from '#analytics/status/current.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import type { Norms } from '#domain/norms.ts';
import { pageStates, type ReminderChannel } from '#domain/vocabulary.ts';
import type { StatusReason } from '#domain/status.ts';
import { unreadCause } from '#domain/unread-cause.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import type { JoinedPostsSince } from './server/recent-edits.ts';
import type { EditForm } from './edit-address.ts';
import type { SilentGroup, SilentSort, SilentView } from './silent-filters.ts';
import { outcomeLabel, stateLabel, unknownLabel } from '#wording/status-labels.ts';

/** A heading of the list. */
export function groupLabel(group: SilentGroup | 'calls'): string {
  return {
    silent: m.silent_group_silent,
    unknown: m.silent_group_unknown,
    none: m.silent_group_none,
    quiet: m.silent_group_quiet,
    paused: m.silent_group_paused,
    calls: m.silent_group_calls,
  }[group]();
}

/** What a heading means, by the norms. */
export function groupNote(group: SilentGroup | 'calls', { active, card }: Norms): string {
  switch (group) {
    case 'silent':
      return m.silent_note_silent({
        stale: m.days({ count: active.staleFrom }),
        card: m.days({ count: card.staleFrom }),
      });
    case 'quiet':
      return m.silent_note_quiet({
        quiet: m.days({ count: active.quietFrom }),
        card: m.days({ count: card.quietFrom }),
      });
    case 'unknown':
      return m.silent_note_unknown();
    case 'none':
      return m.silent_note_none();
    case 'paused':
      return m.silent_note_paused();
    case 'calls':
      return m.silent_note_calls();
  }
}

export function viewLabel(view: SilentView): string {
  return {
    organisations: m.silent_view_organisations,
    pages: m.silent_view_pages,
    people: m.silent_view_people,
  }[view]();
}

export function sortLabel(sort: SilentSort): string {
  return {
    silence: m.silent_sort_silence,
    name: m.silent_sort_name,
    person: m.silent_sort_person,
  }[sort]();
}

/** What a link to a letter says: an elected chair is written to, not reminded. */
export function remindLabel(isChair: boolean): string {
  return isChair ? m.silent_do_remind_chair() : m.silent_do_remind();
}

/** What a link to a form says; `isAlready`: somebody is responsible, or a pause runs. */
export function actionLabel(action: EditForm, isAlready = false): string {
  switch (action) {
    case 'remind':
      return remindLabel(false);
    case 'contacts':
      return m.silent_do_contacts();
    case 'appoint':
      return isAlready ? m.silent_do_change() : m.silent_do_appoint();
    case 'pause':
      return isAlready ? m.silent_do_resume() : m.silent_do_pause();
    case 'page':
      return m.silent_do_page();
    case 'add':
      return m.silent_do_add();
  }
}

export function channelLabel(channel: ReminderChannel): string {
  return {
    phone: m.silent_channel_phone,
    mail: m.silent_channel_mail,
    messenger: m.silent_channel_messenger,
    in_person: m.silent_channel_in_person,
  }[channel]();
}

/** Why nothing is claimed of a page, with how the newest look at it ended where that says more; `''` when it is known. */
export function unreadLabel(
  { unread, network, state, foundAs }: Pick<PageStatus, 'unread' | 'network' | 'state' | 'foundAs'>,
  details: PageDetails | undefined,
  networksWithoutKey: readonly MeasuredNetwork[],
): string {
  if (unread === null) return '';
  if (foundAs) return stateLabel(state, network, foundAs);
  const lastOutcome = details?.lastOutcome ?? null;
  const statusReason: StatusReason = pageStates.find((each) => each === unread) ?? 'no_observation';
  const page = { network, statusReason, lastOutcome, foundAs };
  const isWithoutKey = unreadCause(page, networksWithoutKey) === 'no_key';
  if (isWithoutKey || statusReason !== 'no_observation') return unknownLabel(page, networksWithoutKey);
  if (unread === 'never_read')
    return unreadCause(page, networksWithoutKey) === 'no_observation'
      ? m.silent_unread_never()
      : unknownLabel(page, networksWithoutKey);
  if (unread === 'no_posts_yet') return m.silent_unread_empty();
  const outcome = details?.lastOutcome ? outcomeLabel(details.lastOutcome, { network, state }) : '';
  return [m.silent_unread_lately(), outcome].filter(Boolean).join(': ');
}

/** A day without its year where that is the year that runs. */
export function calendarDayLabel(day: string, now: Date, format: Formatter): string {
  return day.startsWith(format.dayOf(now).slice(0, 4)) ? format.shortDay(day) : format.datedDay(day);
}

/** The day of an instant, as {@link calendarDayLabel} says it. */
export function dayLabel(instant: Date | string, now: Date, format: Formatter): string {
  return calendarDayLabel(format.dayOf(instant), now, format);
}

/** What became of pages after a reminder. */
export function postsSinceText(
  { posts, first, isKnown, pages, unread }: JoinedPostsSince,
  since: Date,
  format: Formatter,
): string {
  if (posts === 0 || first === null) {
    if (isKnown) return m.silent_after_none();
    return unread < pages ? m.silent_after_partly() : m.silent_after_unknown({ count: pages });
  }
  const days = Math.round((Date.parse(format.dayOf(first)) - Date.parse(format.dayOf(since))) / 86_400_000);
  const when = days === 0 ? m.silent_after_same() : m.silent_after_days({ days: m.days({ count: days }) });
  return m.silent_after({ posts: m.posts({ count: posts }), when });
}

/** How somebody can be reached, above what they can be reached by; `''` without anything. */
export function reachLabel({ phone, email }: { phone: string; email: string }): string {
  if (phone) return email ? m.silent_remind_reach() : m.silent_remind_call();
  return email ? m.silent_remind_write() : '';
}
