import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asIs, SaidError, type Said } from '../domain/said.ts';
import { heldDirectoryFault } from '../schema/data-directory.ts';
import { ObservationsAway } from '../schema/observations/errors.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { OperationsUnavailable } from '../schema/operations/errors.ts';
import { getSetting } from '../schema/operations/settings.ts';
import { whenWords } from './messages.ts';
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

/** A store did not answer a check in time. */
class NoAnswerYet extends SaidError {
  override readonly name = 'NoAnswerYet';

  constructor() {
    const seconds = patience / 1000;
    super({ ru: `нет ответа за ${seconds} секунд`, en: `no answer within ${seconds} seconds` });
  }
}

/** The reasons that a check gives; where it fails, or has not ended in time, that is the reason. */
export async function attempt(code: keyof typeof gists, check: () => Promise<Reason[]>): Promise<Reason[]> {
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

/** Why the stores cannot be asked; empty when they can. Never rejects, and answers in bounded time. */
export async function storeReasons(services: Services): Promise<Reason[]> {
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

/** What an error says of a store that could not be asked; `null` when it says nothing of one. */
export function storeReasonOf(error: unknown, services: Services): Reason | null {
  if (error instanceof ObservationsAway) return awayReason(error, services);
  return error instanceof OperationsUnavailable ? operationsReason(error) : null;
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
export function dataReasons({ observations, operations, settings }: Services): Reason[] {
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
