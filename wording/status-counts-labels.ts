import type { StatusCounts } from '#domain/status-counts.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/**
 * What is said where no organisation is shown as not updated: no more than is known of them. `isChosen`: filters leave only
 * some of the register's, and the sentence says so. `unreadPages`: how many of their pages are not read although a better one
 * keeps the organisation judged. `''` where some are silent: the list says it.
 */
export function nobodySilentText(
  counts: StatusCounts,
  isChosen: boolean,
  format: Formatter,
  unreadPages = 0,
): string {
  const said = standingText(counts, isChosen, format);
  if (said === '' || unreadPages === 0 || counts.judged === 0) return said;
  return m.standing_but_unread({ sentence: said.replace(/\.$/u, ''), count: unreadPages });
}

function standingText(counts: StatusCounts, isChosen: boolean, format: Formatter): string {
  const { organisations, judged, silent, quiet, paused, unknown, none } = counts;
  const say = (all: () => string, chosen: () => string): string => (isChosen ? chosen() : all());
  if (organisations === 0) return say(m.standing_register, m.standing_nobody);
  if (silent > 0) return '';
  if (none === organisations) return say(m.standing_no_pages, m.standing_no_pages_chosen);
  if (judged === 0 && unknown > 0) return say(m.standing_unknown, m.standing_unknown_chosen);
  if (judged === 0) return say(m.standing_paused, m.standing_paused_chosen);
  if (unknown > 0) {
    const said = { judged: format.whole(judged), all: format.whole(organisations) };
    return isChosen ? m.standing_of_known_chosen(said) : m.standing_of_known(said);
  }
  return quiet + paused + none === 0
    ? say(m.standing_well, m.standing_well_chosen)
    : say(m.standing_none_silent, m.standing_none_silent_chosen);
}
