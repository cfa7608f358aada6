import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { listPages } from '#analytics/api/pages.ts';
import { currentStatuses } from '#analytics/status/current.ts';
import { topPosts } from '#analytics/organisation/top-posts.ts';
import { openServices } from '#cli/compose.ts';
import type { Services } from '#cli/services.ts';
import { russianRow } from '#cli/commands/leaderboard-labels.ts';
import { startMessages } from '#cli/start-messages.ts';
import { checkKeys } from '#cli/commands/doctor-checks.ts';
import { wordsOf } from '#cli/commands/findings.ts';
import { runCollection } from '#collector/run.ts';
import { noEdits } from '#dashboard/src/lib/edit-address.ts';
import { readerWhere } from '../helpers/readers.ts';
import { overviewScreen } from '#dashboard/src/lib/server/overview-screen.ts';
import { silentScreen } from '#dashboard/src/lib/server/silent-screen.ts';
import { rowSchemas } from '#dashboard/src/lib/server/api/rows.ts';
import type { DashboardServices } from '#dashboard/src/lib/server/services.ts';
import { readSilentFilters } from '#dashboard/src/lib/silent-filters.ts';
import { startSteps } from '#dashboard/src/lib/start-steps.ts';
import { listText } from '#dashboard/src/routes/silent/list-text.ts';
import { measuredNetworks } from '#domain/networks.ts';
import { networksWithoutKey } from '#domain/networks/without-key.ts';
import { understoodForms } from '#domain/page-link.ts';
import { readSettings } from '#domain/settings.ts';
import { unreadCause } from '#domain/unread-cause.ts';
import { exportRegister } from '#register/export.ts';
import { applyImport, planImport } from '#register/import.ts';
import { SimulatorClock } from '#simulator/index.ts';
import { toKeyInputs } from '#wording/coverage-labels.ts';
import { formatterFor } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { unknownLabel } from '#wording/status-labels.ts';
import { usualAddresses, likesOfNetworks, listNetworks } from '#wording/vocabulary-labels.ts';
import { dashboardServicesOver } from '../helpers/dashboard-services.ts';
import type { Gazette, Notice } from '../helpers/gazette/map.ts';
import { createGazetteSource, gazettes } from '../helpers/gazette/source.ts';

/*
 * A network is a folder and a row. The folder is tests/helpers/gazette; the row is added to the table here, and nothing else
 * of the product is touched: the register, the run, both stores, the rankings and the API take the network as it is.
 */
vi.mock(import('#domain/networks/table.ts'), async (original) => {
  const { networkTable } = await original();
  const { gazetteRow } = await import('../helpers/gazette/row.ts');
  return { networkTable: { ...networkTable, gazette: gazetteRow } };
});

const at = new Date('2026-03-20T04:00:00Z');
const seconds = (day: string): number => Date.parse(`${day}T06:00:00Z`) / 1000;
const words = (number: number): string =>
  `Профком встретился с работниками цеха ${number}, ответил на ${number * 7} вопросов и записал ${number} предложений.`;
const notices: Notice[] = ['2026-03-10', '2026-03-12', '2026-03-16', '2026-03-18'].map((day, index) => ({
  number: index + 1,
  hung: seconds(day),
  words: words(index + 1),
  readers: 100 * (index + 1),
}));
const passedOn: Notice = {
  number: 9,
  hung: seconds('2026-03-17'),
  words: '',
  readers: 90_000,
  from: { gazette: 1, number: 4 },
};

const answers = new Map<string, Gazette>([
  ['zavod', { id: 1, title: 'Заводская правда', subscribers: 300, notices: notices.toReversed() }],
  ['rudnik', { id: 2, title: 'Рудничный листок', subscribers: 200, notices: [passedOn, ...notices] }],
]);
const register = `organisation,level,стенгазета
Профком завода,primary,gazette.example/zavod
Профком рудника,primary,@rudnik
Профком шахты,primary,gazette.example/shahta
`;

let services: Services;
let directory: string;

async function importRegister(content: string): Promise<void> {
  const file = { name: 'register.csv', content: Buffer.from(content) };
  const plan = await planImport(services.operations, file, { today: services.today(), skipBad: false });
  expect(plan.problems).toEqual([]);
  await applyImport(services.operations, plan, { who: 'test', now: at });
  await services.syncRegister();
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-network-'));
  const settings = readSettings(
    { DATA_DIR: directory, TIMEZONE: 'Asia/Irkutsk', HISTORY_FROM: '2026-01-01' },
    { now: at, readFile: () => '' },
  );
  const clock = new SimulatorClock({ at, speed: 0 });
  services = await openServices(settings, {
    command: 'test of another network',
    clock,
    simulatedNetworks: true,
    log: pino({ level: 'silent' }),
  });
  await importRegister(register);
  const sources = [createGazetteSource(answers, clock)];
  await runCollection({ ...services.collection, sources }, { slot: at, kind: 'manual', pages: 'all' });
  await services.aggregation.count();
});

afterAll(async () => {
  await services.close();
  rmSync(directory, { recursive: true, force: true });
});

test('its pages are collected, and each has its outcome', async () => {
  const { data } = await listPages(services.analytics, {});
  expect(
    data.map(({ url, nativeId, state, lastOutcome, status, subscribers }) => ({
      url,
      nativeId,
      state,
      lastOutcome,
      status,
      subscribers,
    })),
  ).toEqual([
    {
      url: 'https://gazette.example/zavod',
      nativeId: 1,
      state: 'ok',
      lastOutcome: 'ok',
      status: 'slow',
      subscribers: 300,
    },
    {
      url: 'https://gazette.example/rudnik',
      nativeId: 2,
      state: 'ok',
      lastOutcome: 'ok',
      status: 'slow',
      subscribers: 200,
    },
    {
      url: 'https://gazette.example/shahta',
      nativeId: null,
      state: 'not_found',
      lastOutcome: 'gone',
      status: 'unknown',
      subscribers: null,
    },
  ]);
  for (const row of data) expect(rowSchemas.pages.safeParse(row).error).toBeUndefined();
});

test('its organisations are judged and ranked, in the network and over all', async () => {
  const period = { from: '2026-03-09', to: '2026-03-20' };
  const { rows } = await leaderboard(services.analytics, { period });
  const [mine, other] = ['Профком рудника', 'Профком завода'].map((name) =>
    rows.find(({ organisation }) => organisation.name === name),
  );
  // What a repost shows of its source is not its page's: 100 + 200 + 300 + 400, and not 90,000.
  const measures = { posts: 5, originals: 4, reposts: 1, views: 1000, subscribers: 200, status: 'slow' };
  expect(mine).toMatchObject({ ...measures, networks: { gazette: measures } });
  expect(other).toMatchObject({
    posts: 4,
    place: expect.any(Number),
    networks: { gazette: { views: 1000 } },
  });
  const alone = await leaderboard(services.analytics, { period, network: gazettes });
  expect(alone.rows.find(({ organisation }) => organisation.name === 'Профком рудника')).toMatchObject(
    measures,
  );

  const { organisations } = await currentStatuses(services.analytics, { network: gazettes });
  expect(organisations.map(({ name, status }) => [name, status])).toEqual([
    ['Профком завода', 'slow'],
    ['Профком рудника', 'slow'],
    ['Профком шахты', 'unknown'],
  ]);
});

test('a post says what it shows of its source, and where that is', async () => {
  const { data } = await listPages(services.analytics, {});
  const from = new Date('2026-03-01T00:00:00Z');
  const top = await topPosts(services.analytics, {
    pageIds: data.map((_, index) => index + 1),
    from,
    to: at,
    limit: 20,
  });
  expect(top.at(-1)).toMatchObject({
    network: 'gazette',
    views: 90_000,
    showsSource: true,
    url: 'https://gazette.example/rudnik/9',
    sourceUrl: 'https://gazette.example/zavod/4',
  });
});

test('its column is read and written, and its addresses are among those that are understood', async () => {
  const [heading, first] = (await exportRegister(services.operations)).split('\n');
  const column = heading?.split(',').indexOf('gazette') ?? -1;
  expect(first?.split(',')[column]).toBe('https://gazette.example/zavod');
  expect(understoodForms).toContain('gazette.example/name');
});

describe('without its key, which is the only way to read it', () => {
  const port = 'Профком порта';
  const words = wordsOf('ru');
  let without: DashboardServices;

  beforeAll(async () => {
    await importRegister(
      `organisation,level,стенгазета,vk\n${port},primary,gazette.example/port,vk.com/port\n`,
    );
    const { observations, operations, analytics } = services;
    const settings = { networksWithoutKey: networksWithoutKey([{ network: 'telegram' }]) };
    without = dashboardServicesOver({ observations, operations, analytics }, { settings });
  });

  test('it is said of it as of any other, and the moment it is read no more', () => {
    expect(without.settings.networksWithoutKey).toEqual(['vk', gazettes]);
    expect(networksWithoutKey([{ network: 'vk' }, createGazetteSource(answers, services.clock)])).toEqual([]);
    const page = { network: gazettes, statusReason: 'unresolved', lastOutcome: null, foundAs: null } as const;
    expect(unreadCause(page, ['vk', gazettes])).toBe('no_key');
    expect(unreadCause(page, ['vk'])).toBe('unresolved');
    expect(unknownLabel(page, [gazettes])).toBe('нет ключа Стенгазеты');
  });

  test('the screens count the pages that wait for it, and name it', async () => {
    const reader = readerWhere(without.settings);
    const waiting = [
      { network: 'vk', pages: 1 },
      { network: gazettes, pages: 4 },
    ];
    const overview = await overviewScreen(without, reader, { posts: 1, edits: noEdits });
    expect(overview.withoutKey).toEqual(waiting);
    const { coverage } = overview.view.collection;
    const { keys, key, isReady } = startSteps({
      organisations: 4,
      coverage,
      ...without.settings,
      ...overview,
    });
    expect({ keys, key, isReady }).toEqual({
      keys: [
        { network: 'vk', setting: 'VK_TOKENS', state: 'todo' },
        { network: gazettes, setting: 'GAZETTE_KEY', state: 'todo' },
      ],
      key: 'todo',
      isReady: false,
    });
    expect(m.verdict_no_key(toKeyInputs(overview.withoutKey))).toBe(
      'не указаны ключи ВКонтакте и Стенгазеты, без них не читаются 5 страниц',
    );
    const silent = await silentScreen(without, reader, readSilentFilters(new URLSearchParams()));
    expect(silent.withoutKey).toEqual(waiting);
    expect(listText(silent, formatterFor('ru', 'Asia/Irkutsk'))).toContain(`${port}: нет ключа`);
  });

  test('so do the table of the ranking, the start and the check of the program', async () => {
    const { rows } = await leaderboard(services.analytics, {
      period: { from: '2026-03-09', to: '2026-03-20' },
    });
    const row = rows.find(({ organisation }) => organisation.name === port);
    expect(row && russianRow(row, without.settings.networksWithoutKey)['statusReason']).toBe(
      'нет ключа ВКонтакте; нет ключа Стенгазеты',
    );
    expect(startMessages('ru').noKey(gazettes)).toContain('Ключ Стенгазеты не задан (GAZETTE_KEY)');
    expect(checkKeys([{ network: 'vk' }], () => 4, words)).toMatchObject([
      { level: 'bad', gist: 'ключ Стенгазеты не задан' },
    ]);
  });
});

test('sentences about all networks name it', () => {
  expect(listNetworks(measuredNetworks, 'in')).toBe('во ВКонтакте, в Telegram и в Стенгазете');
  expect(likesOfNetworks()).toBe('отметки «нравится» ВКонтакте или реакции в Telegram и в Стенгазете');
  expect(usualAddresses({ each: 1 })).toBe('vk.com/имя, t.me/имя, gazette.example/имя');
});
