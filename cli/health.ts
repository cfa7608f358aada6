import { findCollectionProblems, type CollectionProblem } from '#analytics/health/collection.ts';
import { slotsBetween } from '#collector/missed-slots.ts';
import type { Health } from '#dashboard/src/lib/server/services.ts';
import { causeText } from '#domain/cause-text.ts';
import { networkDefinition } from '#domain/networks.ts';
import { listPages } from '#schema/operations/pages.ts';
import { keyLabel } from './commands/key-labels.ts';
import { counted, whenLabel } from './messages.ts';
import type { Services } from './services.ts';
import { attempt, storeReasons, type HealthReason } from './store-reasons.ts';

type Reason = HealthReason;

/** Whether the data are there and both stores answer: the process can serve. Never rejects, and answers in bounded time. */
export async function readiness(services: Services): Promise<Health> {
  return healthOf(await storeReasons(services));
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
  const { observations, clock, settings, sources } = services;
  const networks = new Set<string>(sources.map((source) => source.network));
  const pages = (await listPages(services.operations)).filter((page) => networks.has(page.network));
  const countSlots = (from: Date, to: Date): number =>
    slotsBetween(settings.COLLECT_CRON, settings.TIMEZONE, from, to).length;
  const check = { observations, now: clock.now(), since, networks: sources, pages, countSlots };
  const problems = await findCollectionProblems(check);
  return problems.map((problem) => reasonOf(problem, settings.TIMEZONE));
}

function healthOf(reasons: Reason[]): Health {
  return { ok: reasons.length === 0, reasons: reasons.map(({ code, said }) => ({ code, detail: said.en })) };
}

function reasonOf(problem: CollectionProblem, zone: string): Reason {
  switch (problem.code) {
    case 'keys_parked':
      return keysParked(problem, zone);
    case 'collection_silent':
      return collectionSilent(problem, zone);
    case 'nothing_read':
      return nothingRead(problem);
  }
}

function keysParked(
  { code, network, parked }: Extract<CollectionProblem, { code: 'keys_parked' }>,
  zone: string,
): Reason {
  const each = (locale: 'ru' | 'en'): string =>
    parked
      .map(({ what, cause, until }) => {
        const at = until && whenLabel(until, zone, locale);
        const again = locale === 'ru' ? `; следующая попытка: ${at}` : `; tried again at ${at}`;
        return `${keyLabel(what, locale)}: ${causeText(cause, locale)}${at === null ? '' : again}`;
      })
      .join('. ');
  const { ru, en } = networkDefinition(network).label;
  return {
    code,
    said: {
      ru: `${ru} сейчас не прочитать: ни один ключ не действует. ${each('ru')}.`,
      en: `Nothing of ${en} can be read, as all it is read by is laid aside. ${each('en')}.`,
    },
    gist: { ru: `${ru} сейчас не прочитать`, en: `nothing of ${en} can be read` },
  };
}

function collectionSilent(
  { code, since, slots }: Extract<CollectionProblem, { code: 'collection_silent' }>,
  zone: string,
): Reason {
  const at = (locale: 'ru' | 'en'): string => (since ? whenLabel(since, zone, locale) : '');
  const missed = (locale: 'ru' | 'en'): string => counted(slots, 'slot', locale);
  return {
    code,
    said: {
      ru: since
        ? `С ${at('ru')} не закончен ни один сбор, прошло: ${missed('ru')}. Причина в журнале; запустите npm start.`
        : `Ещё не закончен ни один сбор, прошло: ${missed('ru')}. Причина в журнале; запустите npm start.`,
      en: since
        ? `No collection has finished since ${at('en')}: ${missed('en')} passed. The log has the cause; run "npm start".`
        : `No collection has finished at all: ${missed('en')} passed. The log has the cause; run "npm start".`,
    },
    gist: { ru: 'сборы не идут', en: 'nothing is collected' },
  };
}

function nothingRead({
  code,
  network,
  slots,
  cause,
}: Extract<CollectionProblem, { code: 'nothing_read' }>): Reason {
  const { ru, en } = networkDefinition(network).label;
  return {
    code,
    said: {
      ru: `${ru}: за сутки ни одной страницы прочитать не удалось (${counted(slots, 'run', 'ru')}); одна из причин: ${causeText(cause, 'ru')}.`,
      en: `No page of ${en} could be read in ${slots} runs of the last 24 hours; one cause: ${causeText(cause, 'en')}.`,
    },
    gist: { ru: `${ru} не читается`, en: `no page of ${en} is read` },
  };
}
