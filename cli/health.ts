import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { slotsBetween } from '../collector/missed-slots.ts';
import type { Health } from '../dashboard/src/lib/server/services.ts';
import { causeInWords } from '../domain/cause-words.ts';
import { asIs, SaidError, type Said } from '../domain/said.ts';
import { heldDirectoryFault } from '../schema/data-directory.ts';
import { ObservationsAway } from '../schema/observations/errors.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { OperationsUnavailable } from '../schema/operations/errors.ts';
import { getSetting } from '../schema/operations/settings.ts';
import { listPages, type Page } from '../schema/operations/pages.ts';
import { keyWords } from './commands/key-words.ts';
import { counted, whenWords } from './messages.ts';
import type { Services } from './services.ts';

/** Why something is not well: its code, what is said of it, and the same in a few words. */
export interface HealthReason {
  code: string;
  said: Said;
  gist: Said;
  /** Whether `said` is sentences of its own, that say the gist too. */
  isWhole?: boolean;
}
type Reason = HealthReason;

const networkNames = {
  vk: { ru: 'ВКонтакте', en: 'VK' },
  telegram: asIs('Telegram'),
} as const;

/** Planned slots that may pass without a run before collection counts as silent. */
const slotsBeforeSilent = 3;

/** How long a store may take to answer a check. */
const patience = 5_000;

const gists = {
  data_gone: { ru: 'данных нет на месте', en: 'the data are gone' },
  observations_unavailable: {
    ru: 'база наблюдений не отвечает',
    en: 'the observations store does not answer',
  },
  operations_unavailable: { ru: 'база реестра не отвечает', en: 'the operations store does not answer' },
  check_failed: { ru: 'проверка не удалась', en: 'a check failed' },
} as const satisfies Record<string, Said>;

/** A store did not answer a check in time. */
class NoAnswerYet extends SaidError {
  override readonly name = 'NoAnswerYet';

  constructor() {
    const seconds = patience / 1000;
    super({ ru: `нет ответа за ${seconds} секунд`, en: `no answer within ${seconds} seconds` });
  }
}

/** Whether the data are there and both stores answer: the process can serve. Never rejects, and answers in bounded time. */
export async function readiness(services: Services): Promise<Health> {
  return healthOf(await storeReasons(services));
}

/**
 * Why `readiness` is ill, as whole sentences for people; `null` when it is well. A server that was away when `error` was
 * thrown was, though it may be back. Never rejects, and answers in bounded time.
 */
export async function storeTrouble(services: Services, error?: unknown): Promise<Said | null> {
  if (error instanceof ObservationsAway) return sentencesOf([awayReason(error, services)]);
  if (error instanceof OperationsUnavailable) return sentencesOf([operationsReason(error)]);
  return sentencesOf(await storeReasons(services));
}

/** As `storeTrouble`, of the data directory alone, which a few looks at the file system tell. */
export function dataTrouble(services: Services): Said | null {
  return sentencesOf(dataReasons(services));
}

function sentencesOf(reasons: readonly Reason[]): Said | null {
  if (reasons.length === 0) return null;
  const inLocale = (locale: 'ru' | 'en'): string =>
    reasons
      .map(({ said, gist, isWhole }) => {
        if (isWhole) return said[locale];
        const begun = gist[locale].slice(0, 1).toUpperCase() + gist[locale].slice(1);
        return `${begun} (${said[locale].replace(/\.$/, '')}).`;
      })
      .join(' ');
  return { ru: inLocale('ru'), en: inLocale('en') };
}

/**
 * Whether all is well. Beside the stores: a network is lost when all of its keys or accounts are laid aside; collection is silent when three planned slots have passed since the last run
 * that looked at anything (or had nothing to look at), and a network is useless when none of its pages was read in any
 * run of the last day.
 * Without networks to read, or pages to read, nothing is expected. `since`: when this process, or another, began.
 * Never rejects: a check that cannot be made is a reason itself.
 */
export async function wellness(services: Services, since: Date): Promise<Health> {
  return healthOf(await healthReasons(services, since));
}

/** The reasons of `wellness`, for people in either language. */
export async function healthReasons(services: Services, since: Date): Promise<HealthReason[]> {
  const reasons = await storeReasons(services);
  if (reasons.length > 0) return reasons;
  return await attempt('check_failed', async () => await collectionReasons(services, since));
}

async function collectionReasons(services: Services, since: Date): Promise<Reason[]> {
  const networks = new Set<string>(services.sources.map((source) => source.network));
  const pages = (await listPages(services.operations)).filter((page) => networks.has(page.network));
  if (pages.length === 0) return [];
  return [
    ...nothingToReadBy(services, pages),
    ...(await silence(services, since, pages)),
    ...(await nothingRead(services)),
  ];
}

/** The reasons that a check gives; where it fails, or has not ended in time, that is the reason. */
async function attempt(code: keyof typeof gists, check: () => Promise<Reason[]>): Promise<Reason[]> {
  const over = new AbortController();
  try {
    return await Promise.race([
      check(),
      delay(patience, undefined, { signal: over.signal }).then(() => {
        throw new NoAnswerYet();
      }),
    ]);
  } catch (error) {
    const said =
      error instanceof SaidError ? error.said : asIs(error instanceof Error ? error.message : String(error));
    return [{ code, said, gist: gists[code] }];
  } finally {
    over.abort();
  }
}

function healthOf(reasons: Reason[]): Health {
  return { ok: reasons.length === 0, reasons: reasons.map(({ code, said }) => ({ code, detail: said.en })) };
}

async function storeReasons(services: Services): Promise<Reason[]> {
  const { operations } = services;
  const lost = await attempt('data_gone', () => Promise.resolve(dataReasons(services)));
  // What an engine says of files that are gone is of no use beside that.
  if (lost.length > 0) return lost;
  const reasons = await Promise.all([
    attempt('observations_unavailable', async () => await observationsReasons(services)),
    attempt('operations_unavailable', async () => await operationsReasons(operations)),
  ]);
  return reasons.flat();
}

async function observationsReasons(services: Services): Promise<Reason[]> {
  try {
    await services.observations.rows('SELECT 1');
    return [];
  } catch (error) {
    if (!(error instanceof ObservationsAway)) throw error;
    return [awayReason(error, services)];
  }
}

async function operationsReasons(operations: Operations): Promise<Reason[]> {
  try {
    await getSetting(operations, 'health');
    return [];
  } catch (error) {
    if (!(error instanceof OperationsUnavailable)) throw error;
    return [operationsReason(error)];
  }
}

function operationsReason({ reason }: OperationsUnavailable): Reason {
  return { code: 'operations_unavailable', said: reason, gist: gists.operations_unavailable };
}

/** A server that is away: since when, in the federation's time. */
function awayReason(error: ObservationsAway, { settings }: Services): Reason {
  const since = (locale: 'ru' | 'en'): string => whenWords(error.since, settings.TIMEZONE, locale);
  const said = {
    ru: `База наблюдений не отвечает с ${since('ru')}: ${error.reason.ru}.`,
    en: `The observations store has not answered since ${since('en')}: ${error.reason.en}.`,
  };
  return { code: 'observations_unavailable', said, gist: gists.observations_unavailable, isWhole: true };
}

/** Both engines go on for a while with files that are gone: nothing of what they write then is found again. */
function dataReasons({ observations, operations, settings }: Services): Reason[] {
  const directory = resolve(settings.DATA_DIR);
  const gist = gists.data_gone;
  const gone = (path: Said): Reason => ({
    code: 'data_gone',
    said: {
      ru: `${path.ru}. Остановите ПрофПульс, верните данные из резервной копии и запустите его снова.`,
      en: `${path.en}. Stop ProfPulse, put the data back from a backup, and start it again.`,
    },
    gist,
    isWhole: true,
  });
  const fault = heldDirectoryFault(directory);
  if (fault === 'gone') {
    return [
      gone({ ru: `Папки данных ${directory} больше нет`, en: `The data directory ${directory} is gone` }),
    ];
  }
  if (fault === 'replaced') {
    const said = {
      ru: `На месте папки данных ${directory} стоит другая. Остановите ПрофПульс и запустите его снова.`,
      en: `Another directory stands in the place of the data directory ${directory}. Stop ProfPulse and start it again.`,
    };
    return [{ code: 'data_gone', said, gist, isWhole: true }];
  }
  const files = [
    ...(observations.embedded ? ['clickhouse'] : []),
    ...(operations.dialect === 'sqlite' ? ['operations.sqlite'] : []),
  ];
  return files
    .map((name) => join(directory, name))
    .filter((path) => !existsSync(path))
    .map((path) => gone({ ru: `${path}: такого больше нет`, en: `${path} is gone` }));
}

/** Networks that have pages, and not one key or account that is not laid aside. */
function nothingToReadBy({ sources, settings }: Services, pages: readonly Page[]): Reason[] {
  return sources.flatMap(({ network, keys, parked }) => {
    const laidAside = (parked?.() ?? []).filter(({ partly }) => !partly);
    const lost = new Set(laidAside.map(({ what }) => what));
    const isRead = pages.some((page) => page.network === network);
    if (!isRead || keys === undefined || keys === 0 || lost.size < keys) return [];
    const each = (locale: 'ru' | 'en'): string =>
      laidAside
        .map(({ what, cause, until }) => {
          const at = until && whenWords(until, settings.TIMEZONE, locale);
          const again = locale === 'ru' ? `; следующая попытка: ${at}` : `; tried again at ${at}`;
          return `${keyWords(what, locale)}: ${causeInWords(cause, locale)}${at === null ? '' : again}`;
        })
        .join('. ');
    const { ru, en } = networkNames[network];
    return [
      {
        code: 'keys_parked',
        said: {
          ru: `${ru} сейчас не прочитать: ни один ключ не действует. ${each('ru')}.`,
          en: `Nothing of ${en} can be read, as all it is read by is laid aside. ${each('en')}.`,
        },
        gist: { ru: `${ru} сейчас не прочитать`, en: `nothing of ${en} can be read` },
      },
    ];
  });
}

async function silence(services: Services, since: Date, pages: readonly Page[]): Promise<Reason[]> {
  const { observations, clock, settings } = services;
  const [row] = await observations.rows<{ last: string | null }>(`
    SELECT maxOrNull(finished) AS last
    FROM ${observations.tables.runs} FINAL
    WHERE finished IS NOT NULL
      AND (empty(planned) OR slot IN (SELECT slot FROM ${observations.tables.outcomes} WHERE outcome != 'missed'))`);
  const firstPage = Math.min(...pages.map((page) => page.addedAt.getTime()));
  const last = row?.last ? new Date(row.last).getTime() : 0;
  const from = new Date(Math.max(last, firstPage, since.getTime()));
  const slots = slotsBetween(settings.COLLECT_CRON, settings.TIMEZONE, from, clock.now());
  if (slots.length < slotsBeforeSilent) return [];
  const at = (locale: 'ru' | 'en'): string =>
    row?.last ? whenWords(new Date(row.last), settings.TIMEZONE, locale) : '';
  const missed = (locale: 'ru' | 'en'): string => counted(slots.length, 'slot', locale);
  return [
    {
      code: 'collection_silent',
      said: {
        ru: row?.last
          ? `С ${at('ru')} не закончен ни один сбор, прошло: ${missed('ru')}. Причина в журнале; запустите npm start.`
          : `Ещё не закончен ни один сбор, прошло: ${missed('ru')}. Причина в журнале; запустите npm start.`,
        en: row?.last
          ? `No collection has finished since ${at('en')}: ${missed('en')} passed. The log has the cause; run "npm start".`
          : `No collection has finished at all: ${missed('en')} passed. The log has the cause; run "npm start".`,
      },
      gist: { ru: 'сборы не идут', en: 'nothing is collected' },
    },
  ];
}

async function nothingRead({ observations, clock, sources }: Services): Promise<Reason[]> {
  const day = new Date(clock.now().getTime() - 24 * 3_600_000);
  const reasons: Reason[] = [];
  for (const { network } of sources) {
    const [row] = await observations.rows<{ slots: number; read: number; cause: string }>(
      `
      SELECT
        toUInt32(uniqExact(slot)) AS slots,
        toUInt32(countIf(outcome IN ('ok', 'empty', 'closed', 'gone'))) AS read,
        anyLast(cause) AS cause
      FROM ${observations.tables.outcomes} FINAL
      WHERE finished > {day: DateTime64(3, 'UTC')} AND page_id IN (
        SELECT page_id FROM ${observations.tables.pages} FINAL WHERE network = {network: String} AND is_deleted = 0)`,
      { day, network },
    );
    if (!row || row.slots < slotsBeforeSilent || row.read > 0) continue;
    const { ru, en } = networkNames[network];
    reasons.push({
      code: 'nothing_read',
      said: {
        ru: `${ru}: за сутки ни одной страницы прочитать не удалось (${counted(row.slots, 'run', 'ru')}); одна из причин: ${causeInWords(row.cause, 'ru')}.`,
        en: `No page of ${en} could be read in ${row.slots} runs of the last 24 hours; one cause: ${causeInWords(row.cause, 'en')}.`,
      },
      gist: { ru: `${ru} не читается`, en: `no page of ${en} is read` },
    });
  }
  return reasons;
}
