import {
  leaderboardCells,
  type leaderboardColumns,
  type TableCell,
} from '#analytics/ranking/leaderboard-table.ts';
import type { LeaderboardRow } from '#analytics/types.ts';
import { networkDefinition, type MeasuredNetwork } from '#domain/networks.ts';
import { isUnseen, unreadCause, unreadPagesOf, type UnreadCause } from '#domain/unread-cause.ts';
import type { Level, PageState, Precision, Status, Tier } from '#domain/vocabulary.ts';

type Column = (typeof leaderboardColumns)[number];

/** The columns of the ranking's table in Russian; in English they keep the names of the HTTP API. */
export const russianColumns: Readonly<Record<Column, string>> = {
  league: 'группа',
  place: 'место',
  placeTo: 'место, до',
  placeOf: 'мест в группе',
  movement: 'изменение места',
  organisationId: 'номер организации',
  organisation: 'организация',
  short: 'краткое название',
  level: 'уровень',
  tier: 'уровень ведения страницы',
  sector: 'отрасль',
  municipality: 'муниципалитет',
  members: 'членов профсоюза',
  status: 'статус',
  statusReason: 'причина',
  index: 'индекс активности',
  frequency: 'частота',
  regularity: 'регулярность',
  reach: 'охват',
  engagement: 'вовлечённость',
  componentGrowth: 'рост',
  posts: 'публикаций',
  originals: 'собственных публикаций',
  reposts: 'репостов',
  postsPerWeek: 'публикаций в неделю',
  views: 'просмотров',
  viewsPrecision: 'точность просмотров',
  medianViews: 'просмотров на публикацию (медиана)',
  reactions: 'взаимодействий',
  reactionsPrecision: 'точность взаимодействий',
  erView: 'вовлечённость по просмотрам (доля)',
  erParts: 'из чего вовлечённость по просмотрам',
  erPost: 'вовлечённость на публикацию (доля)',
  erDay: 'вовлечённость за день (доля)',
  reachRate: 'охват подписчиков (доля)',
  subscribers: 'подписчиков',
  subscribersPrecision: 'точность числа подписчиков',
  growth: 'прирост подписчиков',
  growthPercent: 'прирост подписчиков (доля)',
  longestSilence: 'самый долгий перерыв, дней',
  daysSilent: 'дней без публикаций',
  flags: 'отметки',
  pages: 'страницы',
};

const levels: Record<Level, string> = {
  federation: 'федерация',
  branch: 'членская организация',
  territorial: 'территориальная организация',
  united_primary: 'объединённая первичная организация',
  primary: 'первичная организация',
};
const tiers: Record<Tier, string> = {
  flagship: 'повышенная норма',
  active: 'обычная норма',
  card: 'страница-визитка',
};
const statuses: Record<Status, string> = {
  active: 'обновляется',
  slow: 'реже нормы',
  paused: 'согласованная пауза',
  unknown: 'нет данных',
  quiet: 'несколько дней без публикаций',
  stale: 'не обновляется',
  dead: 'не ведётся',
  none: 'нет страницы',
};
const reasons: Record<PageState | 'no_observation', string> = {
  ok: '',
  closed: 'страница закрыта',
  deleted: 'страница удалена',
  blocked: 'страница заблокирована',
  not_found: 'страница не найдена',
  taken_over: 'адрес занят другим сообществом',
  moved: 'страница переехала',
  unresolved: 'адрес ещё не проверен',
  no_observation: 'страница ещё не прочитана',
};
/** Why a page of unknown status is not read, where its state does not say it: as the dashboard says it. */
const causes: Record<Exclude<UnreadCause, 'no_key'>, string> = {
  ...reasons,
  gone: 'страница удалена, заблокирована или адрес занят',
  rate_limited: 'сеть ограничила число запросов',
  error: 'сеть не ответила или ответила ошибкой',
  missed: 'сбор прервался',
  suspect: 'сомнительный ответ',
};
const precisions: Record<Precision, string> = { exact: 'точно', rounded: 'округлено' };
const parts = { likes: 'реакции', comments: 'комментарии', reposts: 'репосты' };
const flags = {
  few_posts: 'мало публикаций',
  reactions_partial: 'видна часть реакций',
  component_unknown: 'одна из составляющих неизвестна',
  league_by_subscriptions: 'группа определена по подпискам',
  still_gaining: 'ещё набирает просмотры',
  history_short: 'история неполна',
};

const values: Partial<Record<Column, Readonly<Record<string, string>>>> = {
  level: levels,
  tier: tiers,
  status: statuses,
  statusReason: reasons,
  viewsPrecision: precisions,
  reactionsPrecision: precisions,
  subscribersPrecision: precisions,
  erParts: parts,
  flags,
};

/** Why nothing is known of a row, where its pages tell more than that nothing was seen; else `null`. */
function russianCause(row: LeaderboardRow, networksWithoutKey: readonly MeasuredNetwork[]): string | null {
  const pages = unreadPagesOf(row);
  if (pages.length === 0 || !isUnseen(row.statusReason ?? 'no_observation')) return null;
  const said = pages.map(({ network, ...page }) => {
    const { label, forms } = networkDefinition(network);
    const cause = unreadCause({ network, ...page }, networksWithoutKey);
    // A missing key names its network by itself.
    if (cause === 'no_key') return { why: `нет ключа ${forms.of.ru}`, before: '' };
    return { why: causes[cause], before: `${label.ru}: ` };
  });
  const distinct = new Set(said.map(({ why }) => why));
  if (distinct.size === 1) return [...distinct].join('');
  return [...new Set(said.map(({ why, before }) => before + why))].join('; ');
}

/** A row of the ranking as cells with its closed words in Russian. */
export function russianRow(
  row: LeaderboardRow,
  networksWithoutKey: readonly MeasuredNetwork[],
): Record<string, TableCell> {
  const cells = russianCells(leaderboardCells(row));
  const cause = russianCause(row, networksWithoutKey);
  return cause === null ? cells : { ...cells, statusReason: cause };
}

/** A row of the ranking's table with its closed words in Russian. */
export function russianCells(cells: Readonly<Record<string, TableCell>>): Record<string, TableCell> {
  const said = Object.entries(cells).map(([column, value]): [string, TableCell] => {
    const words = values[column as Column];
    if (!words || typeof value !== 'string' || value === '') return [column, value];
    const isList = column === 'flags' || column === 'erParts';
    const each = isList ? value.split(' ') : [value];
    return [column, each.map((word) => words[word] ?? word).join(', ')];
  });
  return Object.fromEntries(said);
}
