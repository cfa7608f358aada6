import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asIs, SaidError, type Said } from '#domain/said.ts';
import { heldDirectoryFault } from '#schema/data-directory.ts';
import { ObservationsAway } from '#schema/observations/errors.ts';
import { isStoreBusy, OperationsUnavailable } from '#schema/operations/errors.ts';
import { getSetting } from '#schema/operations/settings.ts';
import { whenLabel } from './messages.ts';
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

const busyReason: Reason = {
  code: 'operations_unavailable',
  said: {
    ru: 'её надолго заняла другая программа, попробуйте ещё раз',
    en: 'another program has held it for long, try again',
  },
  gist: gists.operations_unavailable,
};

/** A store did not answer a check in time. */
class NoAnswerYet extends SaidError {
  override readonly name = 'NoAnswerYet';

  constructor() {
    const seconds = patience / 1000;
    super({ ru: `нет ответа за ${seconds} секунд`, en: `no answer within ${seconds} seconds` });
  }
}

/**
 * Why `readiness` is ill, as whole sentences for people; `null` when it is well. What something failed by says it best, where
 * it is of a store: that may answer again by now. Never rejects, and answers in bounded time.
 */
export async function storeTrouble(services: Services, error?: unknown): Promise<Said | null> {
  return sentencesOf(reasonsOf(error, services) ?? (await storeReasons(services)));
}

/** What an error says of a store that could not be asked; `null` when it says nothing of one. */
function reasonsOf(error: unknown, services: Services): Reason[] | null {
  if (error instanceof ObservationsAway) return [awayReason(error, services)];
  if (isStoreBusy(error)) return [busyReason];
  if (!(error instanceof OperationsUnavailable)) return null;
  return [{ code: 'operations_unavailable', said: error.reason, gist: gists.operations_unavailable }];
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

/** The reasons that a check gives; where it fails, or has not ended in time, that is the reason. */
export async function attempt(
  code: keyof typeof gists,
  check: () => Promise<Reason[]>,
  reasonsBy: (error: unknown) => Reason[] | null = () => null,
): Promise<Reason[]> {
  const over = new AbortController();
  try {
    return await Promise.race([
      check(),
      delay(patience, undefined, { signal: over.signal }).then(() => {
        throw new NoAnswerYet();
      }),
    ]);
  } catch (error) {
    const known = reasonsBy(error);
    if (known) return known;
    const said =
      error instanceof SaidError ? error.said : asIs(error instanceof Error ? error.message : String(error));
    return [{ code, said, gist: gists[code] }];
  } finally {
    over.abort();
  }
}

/** Why what is in the stores cannot be asked or kept; nothing when all is well. Never rejects, and answers in bounded time. */
export async function storeReasons(services: Services): Promise<Reason[]> {
  const { observations, operations } = services;
  const reasonsBy = (error: unknown): Reason[] | null => reasonsOf(error, services);
  const lost = await attempt('data_gone', () => Promise.resolve(dataReasons(services)));
  // What an engine says of files that are gone is of no use beside that.
  if (lost.length > 0) return lost;
  const reasons = await Promise.all([
    attempt(
      'observations_unavailable',
      async () => {
        await observations.rows('-- storeReasons\nSELECT 1');
        return [];
      },
      reasonsBy,
    ),
    attempt(
      'operations_unavailable',
      async () => {
        await getSetting(operations, 'health');
        return [];
      },
      reasonsBy,
    ),
  ]);
  return reasons.flat();
}

/** A server that is away: since when, in the federation's time. */
function awayReason(error: ObservationsAway, { settings }: Services): Reason {
  const since = (locale: 'ru' | 'en'): string => whenLabel(error.since, settings.TIMEZONE, locale);
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
