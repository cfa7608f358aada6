import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';

/** A page of the world: how it writes, grows and is read. */
export interface PageStory {
  network: 'vk' | 'telegram';
  /** Posts a week: before the last full week and since. */
  perWeek: number;
  perWeekLately?: number;
  /** Days since it wrote last. */
  silent?: number;
  views: number;
  subscribers: number;
  growthADay?: number;
  /** How the newest looks ended, when not well, and for how many days. */
  failed?: Partial<OutcomeRow> & { days: number };
}

interface Story {
  name: string;
  short: string;
  sector: string;
  level?: 'federation' | 'branch';
  members: number;
  pages: PageStory[];
}

/** The organisations of the world, and how their pages do. */
export const stories: readonly Story[] = [
  {
    name: 'Союз «Иркутское областное объединение организаций профсоюзов»',
    short: 'Иркутское Профобъединение',
    sector: '',
    level: 'federation',
    members: 90_000,
    pages: [
      { network: 'vk', perWeek: 9, views: 900, subscribers: 5200, growthADay: 4 },
      { network: 'telegram', perWeek: 12, views: 410, subscribers: 1300, growthADay: 3 },
    ],
  },
  {
    name: 'Иркутская областная организация Общероссийского Профсоюза образования',
    short: 'Профсоюз образования',
    sector: 'образование',
    members: 31_000,
    pages: [
      { network: 'vk', perWeek: 6, views: 1300, subscribers: 9400, growthADay: 2 },
      { network: 'telegram', perWeek: 4, perWeekLately: 5, views: 520, subscribers: 2100, growthADay: 5 },
    ],
  },
  {
    name: 'Иркутская областная организация Профсоюза работников здравоохранения РФ',
    short: 'Профсоюз здравоохранения',
    sector: 'здравоохранение',
    members: 22_000,
    pages: [
      { network: 'vk', perWeek: 2, perWeekLately: 14, views: 700, subscribers: 4100, growthADay: 1 },
      {
        network: 'telegram',
        perWeek: 3,
        views: 240,
        subscribers: 900,
        failed: { outcome: 'closed', cause: 'telegram: CHANNEL_PRIVATE', state: 'closed', days: 3 },
      },
    ],
  },
  {
    name: 'Иркутская областная организация «Всероссийский Электропрофсоюз»',
    short: 'Электропрофсоюз',
    sector: 'энергетика',
    members: 9000,
    pages: [{ network: 'telegram', perWeek: 5, perWeekLately: 1, views: 300, subscribers: 1500 }],
  },
  {
    name: 'Иркутская областная организация Российского профсоюза работников культуры',
    short: 'Профсоюз культуры',
    sector: 'культура',
    members: 3200,
    pages: [{ network: 'vk', perWeek: 3, silent: 14, views: 180, subscribers: 640 }],
  },
  {
    name: 'Иркутская областная организация Профсоюза строителей России',
    short: 'Профсоюз строителей',
    sector: 'строительство',
    members: 2800,
    pages: [
      { network: 'vk', perWeek: 2, silent: 20, views: 120, subscribers: 510 },
      { network: 'telegram', perWeek: 1, silent: 31, views: 60, subscribers: 120 },
    ],
  },
  {
    name: 'Иркутская областная организация Нефтегазстройпрофсоюза России',
    short: 'Нефтегазстройпрофсоюз',
    sector: 'нефть и газ',
    members: 5100,
    pages: [{ network: 'vk', perWeek: 2, silent: 64, views: 210, subscribers: 980 }],
  },
  {
    name: 'Иркутская областная организация Профсоюза «Торговое единство»',
    short: 'Профсоюз торговли',
    sector: 'торговля',
    members: 1900,
    pages: [
      {
        network: 'vk',
        perWeek: 3,
        views: 90,
        subscribers: 300,
        failed: { outcome: 'error', cause: 'vk:10 Internal server error', days: 1 },
      },
    ],
  },
  {
    name: 'Иркутская областная организация Профсоюза авиационных работников',
    short: 'Профсоюз авиаработников',
    sector: 'транспорт',
    members: 1500,
    pages: [
      {
        network: 'telegram',
        perWeek: 2,
        views: 80,
        subscribers: 260,
        failed: {
          outcome: 'gone',
          cause: 'telegram: the name leads to 1777000111, the page is 1777000008',
          state: 'taken_over',
          days: 5,
        },
      },
    ],
  },
  {
    name: 'Иркутская областная организация Рослеспрофсоюза',
    short: 'Рослеспрофсоюз',
    sector: 'лесное хозяйство',
    members: 4300,
    pages: [],
  },
  {
    name: 'Иркутская областная организация Общероссийского профсоюза работников госучреждений',
    short: 'Профсоюз госучреждений',
    sector: 'госучреждения',
    members: 8700,
    pages: [
      { network: 'vk', perWeek: 4, views: 380, subscribers: 2870, silent: 9 },
      { network: 'telegram', perWeek: 2, silent: 16, views: 110, subscribers: 340 },
    ],
  },
  {
    name: 'Иркутская областная организация Горно-металлургического профсоюза России',
    short: 'ГМПР',
    sector: 'металлургия',
    members: 6400,
    pages: [{ network: 'vk', perWeek: 4, views: 720, subscribers: 5120, growthADay: -1 }],
  },
];

/** What they write about. */
export const texts = [
  'Президиум областной организации обсудил подготовку к отчётно-выборной кампании и утвердил график собраний в первичках.',
  'Подписан новый коллективный договор: индексация зарплаты не реже раза в год и дополнительные дни отпуска за стаж.',
  'Молодёжный совет приглашает на школу профсоюзного актива. Запись открыта до пятницы, места ещё есть.',
  'Юрист отвечает: как оформить отпуск без сохранения заработной платы и в каких случаях работодатель не вправе отказать.',
  'Итоги спартакиады трудовых коллективов: в общем зачёте — ничья, а в лыжной эстафете победили железнодорожники.',
  'Технический инспектор труда проверил условия работы в котельной: выписано представление, срок устранения — месяц.',
];
