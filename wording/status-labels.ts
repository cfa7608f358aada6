import { networkDefinition, type MeasuredNetwork } from '#domain/networks.ts';
import type { Network, OtherKind, Outcome, PageState, Status } from '#domain/vocabulary.ts';
import { isUnseen, unreadCause, type UnreadPage } from '#domain/unread-cause.ts';
import { m } from './paraglide/messages.js';
import { listNetworks, networkLabel } from './vocabulary-labels.ts';

/** A page of which nothing is known, and what it is when it is none of publications. */
export type UnknownPage = UnreadPage & { foundAs: OtherKind | null };

/** Why a page cannot be judged, in words; without its network where pages of several are meant. */
function reasonLabel(reason: PageState | 'no_observation' | null, network: Network | null): string {
  switch (reason) {
    case 'closed':
      return closedLabel(network);
    case 'deleted':
      return m.reason_deleted();
    case 'blocked':
      return m.reason_blocked();
    case 'not_found':
      return m.reason_not_found();
    case 'taken_over':
      return m.reason_taken_over();
    case 'moved':
      return m.reason_moved();
    case 'unresolved':
      return m.reason_unresolved();
    default:
      return m.reason_no_observation();
  }
}

/** Why nothing is known of a page, in the words that every screen uses. */
export function unknownLabel(
  { foundAs, ...page }: UnknownPage,
  networksWithoutKey: readonly MeasuredNetwork[],
): string {
  if (foundAs) return foundAsLabel(foundAs);
  const { network } = page;
  const cause = unreadCause(page, networksWithoutKey);
  switch (cause) {
    case 'no_key':
      return m.reason_no_key({ network: listNetworks([network], 'of') });
    case 'gone':
    case 'rate_limited':
    case 'error':
    case 'missed':
    case 'suspect':
      return outcomeLabel(cause, { network });
    default:
      return reasonLabel(cause, network);
  }
}

/** Why nothing is known of several pages: one reason of all of them, or that of each network. */
function unknownLabelOfAll(
  pages: readonly UnknownPage[],
  networksWithoutKey: readonly MeasuredNetwork[],
): string {
  const said = new Map(
    pages.map((page) => [`${page.network} ${unknownLabel(page, networksWithoutKey)}`, page] as const),
  );
  const words = [...said.values()].map((page) => ({ page, why: unknownLabel(page, networksWithoutKey) }));
  const distinct = [...new Set(words.map(({ why }) => why))];
  if (distinct.length === 1) return distinct[0] ?? '';
  return words
    .map(({ page, why }) =>
      // A missing key names its network by itself.
      !page.foundAs && unreadCause(page, networksWithoutKey) === 'no_key'
        ? why
        : m.reason_in_network({ network: networkLabel(page.network), why }),
    )
    .join('; ');
}

/** What an address turned out to be that is no page of publications; of a kind that only a later version knows, just that. */
function foundAsLabel(kind: OtherKind): string {
  const words: Partial<Record<string, () => string>> = {
    group_chat: m.found_group_chat,
    bot: m.found_bot,
    person: m.found_person,
    application: m.found_application,
  } satisfies Record<OtherKind, () => string>;
  return (words[kind] ?? m.found_other)();
}

/**
 * What a page is when it is none of publications, where that may be said beside its status: one that speaks of its posts
 * (up to date, silent for 19 days) is of a time when it had some.
 */
export function foundAsBeside({
  status,
  foundAs,
}: {
  status: Status;
  foundAs: OtherKind | null;
}): OtherKind | null {
  return status === 'unknown' || status === 'paused' ? foundAs : null;
}

/** What closes in a network: a wall, a channel. */
function closedLabel(network: Network | null): string {
  const place = network === null ? 'page' : networkDefinition(network).place;
  return { wall: m.reason_closed, channel: m.reason_closed_channel, page: m.reason_closed_any }[place]();
}

/**
 * A status in words: with its days, or with its reason. `brief` leaves out what the heading above has said:
 * «19 дней» for «не обновляется 19 дней». `foundAs`: what the page is when it is none of publications. `unread`: the pages
 * that are not read, which tell why; `networksWithoutKey`: those whose key is not set.
 */
export function statusLabel(
  status: Status,
  reason: PageState | 'no_observation' | null,
  days: number | null,
  {
    brief = false,
    network = null,
    foundAs = null,
    unread = [],
    networksWithoutKey = [],
  }: {
    brief?: boolean;
    network?: Network | null;
    foundAs?: OtherKind | null;
    unread?: readonly UnknownPage[];
    networksWithoutKey?: readonly MeasuredNetwork[];
  } = {},
): string {
  switch (status) {
    case 'active':
      return m.status_active();
    case 'slow':
      return m.status_slow();
    case 'paused':
      return m.status_paused();
    case 'quiet':
      if (days === null) return m.status_quiet();
      return brief ? m.days({ count: days }) : m.status_quiet_days({ count: days });
    case 'stale':
      if (days === null) return m.status_stale();
      return brief ? m.days({ count: days }) : m.status_stale_days({ count: days });
    case 'dead':
      if (days === null) return m.status_never();
      return brief ? m.days({ count: days }) : m.status_dead_days({ count: days });
    case 'unknown': {
      const isTold = !foundAs && unread.length > 0 && isUnseen(reason ?? 'no_observation');
      const plain = foundAs ? foundAsLabel(foundAs) : reasonLabel(reason, network);
      const why = isTold ? unknownLabelOfAll(unread, networksWithoutKey) : plain;
      return brief ? why : m.status_unknown({ reason: why });
    }
    case 'none':
      return m.status_none();
  }
}

/** The state of a page in words: whether it can be read, and if not, why. `foundAs`: what it is when it is none of publications. */
export function stateLabel(
  state: PageState,
  network: Network | null = null,
  foundAs: OtherKind | null = null,
): string {
  if (foundAs) return foundAsLabel(foundAs);
  return state === 'ok' ? m.state_ok() : reasonLabel(state, network);
}

/**
 * Whether a page can be read, in words. A state that was seen stands for itself; where only nothing was seen, the missing
 * key or the newest look tells why. `isOfLook`: the words are of the newest look, whose cause can be told.
 */
export function accessLabel(
  page: Pick<UnknownPage, 'network' | 'lastOutcome' | 'foundAs'> & { state: PageState; status: Status },
  networksWithoutKey: readonly MeasuredNetwork[],
): { words: string; isOfLook: boolean } {
  const { state, status, network, lastOutcome, foundAs } = page;
  const waiting = status === 'unknown' ? networksWithoutKey : [];
  const cause = unreadCause({ network, statusReason: state, lastOutcome }, waiting);
  if (foundAs || cause === state) return { words: stateLabel(state, network, foundAs), isOfLook: false };
  const words = unknownLabel({ network, lastOutcome, foundAs, statusReason: state }, waiting);
  return { words, isOfLook: cause !== 'no_key' };
}

/** Why a look did not read a page: its state when that is the reason, else how the look ended; `''` when it did read. */
export function outcomeLabel(
  outcome: Outcome,
  {
    network,
    state = 'ok',
    foundAs = null,
  }: { network: Network; state?: PageState; foundAs?: OtherKind | null },
): string {
  if (foundAs && outcome !== 'ok' && outcome !== 'empty') return foundAsLabel(foundAs);
  if (state !== 'ok' && (outcome === 'closed' || outcome === 'gone')) return reasonLabel(state, network);
  switch (outcome) {
    case 'ok':
    case 'empty':
      return '';
    case 'closed':
      return closedLabel(network);
    case 'gone':
      return m.outcome_gone();
    case 'rate_limited':
      return m.outcome_rate_limited();
    case 'error':
      return m.outcome_error();
    case 'missed':
      return m.outcome_missed();
    case 'suspect':
      return m.outcome_suspect();
  }
}
