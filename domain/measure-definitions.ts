import { likesByNetwork, sourceShowing } from './networks/names.ts';

/** A measure as the methodology shows it: what it is called, how it is counted, where the definition comes from. */
export interface MeasureDefinition {
  /** Stable; the key of the API where the measure has one. */
  id: string;
  names: { ru: string; en: string };
  formulas: { ru: string; en: string };
  /** Of the value in the API: rates are fractions there, and shown in %. */
  unit:
    | 'posts'
    | 'posts_per_week'
    | 'days'
    | 'views'
    | 'reactions'
    | 'subscribers'
    | 'fraction'
    | 'per_100_members'
    | 'points'
    | 'ratio'
    | 'pages';
  /** Where the definition comes from: our own, the practice for official pages in Russia, or the usual one of the field. */
  source: 'own' | 'russian_practice' | 'industry';
  /** The formula version the definition belongs to. */
  version: number;
}

type Row = readonly [
  id: string,
  unit: MeasureDefinition['unit'],
  source: MeasureDefinition['source'],
  ru: string,
  en: string,
  formulaRu: string,
  formulaEn: string,
];

const rows: readonly Row[] = [
  [
    'posts',
    'posts',
    'own',
    'публикации',
    'posts',
    'публикации от имени сообщества на всех страницах организации за период; удалённые не входят; неизвестно, если ни один день периода не охвачен успешным сбором',
    'posts by the community on all pages of the organisation in the period; deleted ones left out; unknown when no successful look covers a day of it',
  ],
  [
    'originals',
    'posts',
    'own',
    'собственные публикации',
    'original posts',
    'публикации, которые не являются репостом или пересылкой',
    'posts that are no repost and no forward',
  ],
  [
    'reposts',
    'posts',
    'own',
    'репосты',
    'reposted',
    'репосты и пересылки на страницах организации, в том числе с собственным текстом',
    'reposts and forwards on the pages of the organisation, also with words of their own',
  ],
  [
    'countedPosts',
    'posts',
    'own',
    'засчитанные публикации',
    'counted posts',
    'почти одинаковые тексты на страницах организации за 48 часов — одна публикация; не больше 3 в местный день, сначала собственные; репосты — не больше половины нормы',
    'near-identical texts on its pages within 48 h are one; at most 3 a local day, originals first; reposts fill at most half of the norm',
  ],
  [
    'trackedDays',
    'days',
    'own',
    'дни наблюдения',
    'tracked days',
    'с более позднего из начала известной истории и начала участия до конца периода или вчерашнего дня, без согласованных пауз и праздников',
    "from the later of the history reached and the organisation's start through the period's end or yesterday, without agreed pauses and holidays",
  ],
  [
    'postsPerWeek',
    'posts_per_week',
    'russian_practice',
    'публикаций в неделю',
    'posts per week',
    'публикации / (дни наблюдения / 7); недели без публикаций входят; за одну прошедшую неделю — целое число публикаций',
    'posts / (tracked days / 7); weeks without posts count; one full past week shows the whole number',
  ],
  [
    'regularity',
    'fraction',
    'own',
    'регулярность',
    'regularity',
    'полные недели наблюдения с нормой засчитанных публикаций / все полные недели наблюдения (страница-визитка: отрезки по 28 дней)',
    'full weeks tracked with counted posts at the norm / full weeks tracked (a card page: blocks of 28 days)',
  ],
  [
    'longestSilence',
    'days',
    'own',
    'дольше всего без публикаций',
    'longest without posts',
    'наибольший промежуток между соседними публикациями, включая края периода',
    "largest gap between consecutive posts, the period's two ends included",
  ],
  [
    'daysSilent',
    'days',
    'own',
    'дней без публикаций',
    'days silent',
    'от дня последней неудалённой публикации на любой странице до дня последнего успешного сбора или конца периода, без согласованных пауз',
    "days from the last undeleted post on any page to the last successful look or the period's end, agreed pauses left out",
  ],
  [
    'views',
    'views',
    'own',
    'просмотры',
    'views',
    `сумма по публикациям с известным собственным счётчиком; просмотры пересланного ${sourceShowing.ru} сообщения принадлежат источнику и не складываются`,
    `sum over posts with a known view counter of their own; views of a forwarded ${sourceShowing.en} message are its source’s, and never summed`,
  ],
  [
    'medianViews',
    'views',
    'industry',
    'просмотров на публикацию (медиана)',
    'median views',
    'медиана просмотров публикаций старше 72 часов, отдельно по каждой сети',
    'median of the views of posts older than 72 h, per network',
  ],
  [
    'reactions',
    'reactions',
    'industry',
    'взаимодействия',
    'interactions',
    `${likesByNetwork('ru')} + комментарии + репосты; известные части, с пометкой, если часть неизвестна; пересылки чужого сообщения ${sourceShowing.ru} и платные реакции (звёзды) не входят`,
    `${likesByNetwork('en')} + comments + reposts; the known parts, flagged when a part is unknown; forwards of somebody else’s ${sourceShowing.en} message and paid reactions (Stars) left out`,
  ],
  [
    'erView',
    'fraction',
    'industry',
    'вовлечённость на просмотр',
    'engagement by view',
    'сумма взаимодействий / сумма просмотров по публикациям старше 72 часов, где известно и то и другое, отдельно по каждой сети; учитываются только те взаимодействия (отметки и реакции, комментарии, репосты), которые сеть показывает у всех в группе',
    'sum of interactions / sum of views over posts older than 72 h where both are known, per network; only the interactions (likes and reactions, comments, reposts) that the network shows for everyone in the league',
  ],
  [
    'erPost',
    'fraction',
    'industry',
    'вовлечённость на публикацию',
    'engagement by post',
    'взаимодействия / публикации / подписчики на конец периода, по публикациям старше 72 часов, отдельно по каждой сети',
    "interactions / posts / subscribers at the period's end, over posts older than 72 h, per network",
  ],
  [
    'erDay',
    'fraction',
    'industry',
    'вовлечённость за день',
    'engagement by day',
    'взаимодействия / дни / подписчики на конец периода, по публикациям старше 72 часов, отдельно по каждой сети',
    "interactions / days / subscribers at the period's end, over posts older than 72 h, per network",
  ],
  [
    'reachRate',
    'fraction',
    'industry',
    'охват подписчиков',
    'reach rate',
    'медиана просмотров на публикацию / подписчики, отдельно по каждой сети',
    'median views per post / subscribers, per network',
  ],
  [
    'subscribers',
    'subscribers',
    'own',
    'подписок',
    'subscriptions',
    'сумма подписчиков страниц на конец периода; один человек может быть подписан на несколько страниц',
    "sum of the pages' subscribers at the period's end; people overlap",
  ],
  [
    'growth',
    'subscribers',
    'own',
    'прирост подписчиков',
    'growth',
    'последний замер периода − последний замер до него, оба не дальше 48 часов от границы; по нескольким страницам — только когда известны все',
    'last count of the period − last count before it, both at most 48 h from the bound; over several pages only when every one is known',
  ],
  [
    'growthPercent',
    'fraction',
    'own',
    'прирост подписчиков, %',
    'growth, %',
    'прирост / подписчики в начале периода',
    "growth / subscribers at the period's start",
  ],
  [
    'weeklyGrowth',
    'fraction',
    'own',
    'прирост за неделю',
    'weekly growth',
    '(конец / начало)^(1 / число недель) − 1',
    '(end / start)^(1 / weeks) − 1',
  ],
  [
    'coverage',
    'per_100_members',
    'own',
    'подписок на 100 членов профсоюза',
    'coverage',
    '100 × подписки / члены профсоюза на дату отчёта; может быть больше 100',
    '100 × subscriptions / union members at the date of their count; may exceed 100',
  ],
  [
    'overperformance',
    'ratio',
    'industry',
    'во сколько раз больше обычного для страницы',
    'times what is usual for the page',
    'счётчики публикации / среднее средней половины последних 100 собственных публикаций страницы в том же возрасте',
    "counters / mean of the middle half of the page's last 100 originals at the same age",
  ],
  [
    'percentile',
    'points',
    'own',
    'процентиль в группе',
    'percentile rank',
    '100 × (сколько в группе ниже + половина остальных равных) / (n − 1), среди тех, у кого значение известно',
    '100 × (how many in the league are below + half of the others that are equal) / (n − 1), over those with the value known',
  ],
  [
    'frequency',
    'points',
    'own',
    'частота',
    'frequency',
    '100 × min(1, засчитанных публикаций в неделю / норма)',
    '100 × min(1, counted posts per week / norm)',
  ],
  [
    'reach',
    'points',
    'own',
    'охват',
    'reach',
    'процентиль охвата подписчиков в группе, среднее по сетям организации',
    "percentile rank of the reach rate in the league, averaged over the organisation's networks",
  ],
  [
    'engagement',
    'points',
    'own',
    'вовлечённость',
    'engagement',
    'процентиль вовлечённости на просмотр в группе, среднее по сетям организации',
    "percentile rank of engagement by view in the league, averaged over the organisation's networks",
  ],
  [
    'index',
    'points',
    'own',
    'индекс активности',
    'activity index',
    'взвешенное среднее: частота 30, регулярность 20, охват 20, вовлечённость 20, прирост 10; за 13 полных недель до конца периода; неизвестная часть не входит, остальные взвешиваются заново; округлён до 0,1',
    "weighted mean: frequency 30, regularity 20, reach 20, engagement 20, growth 10; over the 13 full weeks up to the period's end; an unknown part is left out and the rest re-weighted; rounded to 0.1",
  ],
];

/** In which formula version a definition became what it is; those not named are of the first. */
const changedIn: Readonly<Record<string, number>> = { posts: 2, reactions: 2 };

/** Every measure: the methodology page is made from this. */
export const measureDefinitions: readonly MeasureDefinition[] = rows.map(
  ([id, unit, source, ru, en, formulaRu, formulaEn]) => ({
    id,
    names: { ru, en },
    formulas: { ru: formulaRu, en: formulaEn },
    unit,
    source,
    version: changedIn[id] ?? 1,
  }),
);
