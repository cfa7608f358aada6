import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { RunProgress } from '#collector/context.ts';
import { allowedDays, dayRefusal } from '#domain/allowed-days.ts';
import { parsePageLink } from '#domain/page-link.ts';
import { startOfDay } from '#domain/period.ts';
import { findPage } from '#register/find-page.ts';
import { exitCodes, WrongArguments } from '../failures.ts';
import type { Page } from '#schema/operations/pages.ts';
import type { Locale } from '../messages.ts';
import { progressText, runText, troubleLines } from '../run-labels.ts';
import type { Services } from '../services.ts';
import type { Command } from './command.ts';
import { checkParked } from './doctor-checks.ts';
import { wordsOf } from './findings.ts';
import { refuseUnread, unreadPages, unreadText } from './unread-pages.ts';

const input = z.object({ page: z.string().optional(), slot: z.string().optional() });

/**
 * `collect [--page URL] [--slot TIME]`: reads all pages, or one, now; done when every page has an outcome, and none
 * is left out for want of a key.
 */
export const collectCommand: Command<z.infer<typeof input>> = {
  input,
  check: ({ page, slot }, settings, now) => {
    if (page !== undefined) parsePageLink(page);
    if (slot !== undefined) slotAt(slot, settings.TIMEZONE, now);
  },
  run: async ({ services, signal, out, err }, { page, slot }) => {
    await services.mend();
    const { settings } = services;
    const { LOCALE: locale, TIMEZONE: zone } = settings;
    const now = services.clock.now();
    const at = slot === undefined ? now : slotAt(slot, zone, now);
    const pages = page === undefined ? ('all' as const) : { pageId: (await pageOf(services, page)).id };
    const onProgress = progressTeller(err, locale);
    const summary = await services.collect({ slot: at, kind: 'manual', pages }, { signal, onProgress });
    out(runText(summary, zone, locale));
    for (const line of await troubleLines(services, summary.slot)) out(line);
    if (signal.aborted) {
      err(interruptedText(locale));
      return exitCodes.interrupted;
    }
    for (const { text } of checkParked(services.sources, settings, wordsOf(locale))) err(text);
    const unread = pages === 'all' ? await unreadPages(services) : [];
    if (unread.length > 0) err(unreadText(unread, services));
    else if (summary.pages === 0) err(nothingToRead(locale));
    const seen = Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0);
    return seen >= summary.pages && unread.length === 0 ? 0 : exitCodes.failed;
  },
};

/** Says how far a run is, at each tenth of it. */
export function progressTeller(say: (text: string) => void, locale: Locale): (progress: RunProgress) => void {
  let shown = -1;
  return ({ done, total }) => {
    const tenth = total > 0 ? Math.floor((10 * done) / total) : 10;
    if (tenth === shown) return;
    shown = tenth;
    say(progressText(done, total, locale));
  };
}

function nothingToRead(locale: Locale): string {
  return locale === 'ru'
    ? 'В реестре нет страниц. Загрузите его: npm run profpulse -- import файл.csv'
    : 'The register has no pages. Take one over: npm run profpulse -- import file.csv';
}

/** What is said when a collection was ended by a signal. */
export function interruptedText(locale: Locale): string {
  return locale === 'ru'
    ? 'Сбор прерван. Прочитанное сохранено, остальное прочитает следующий сбор.'
    : 'The collection was interrupted. What was read is kept, and the next collection reads the rest.';
}

/**
 * The instant of `--slot`: ISO 8601; without an offset it is the federation's local time. Never in the future, and on a day
 * that is taken. Throws `WrongArguments`.
 */
export function slotAt(text: string, zone: string, now: Date): Date {
  let milliseconds: number;
  try {
    milliseconds = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    throw new WrongArguments({
      ru: `--slot: указано «${text}», а нужно время вида 2026-03-02T09:00 (по поясу ${zone}) или 2026-03-02T01:00Z.`,
      en: `--slot wants a time like 2026-03-02T09:00 (in ${zone}) or 2026-03-02T01:00Z, and got "${text}".`,
    });
  }
  if (milliseconds > now.getTime()) {
    throw new WrongArguments({
      ru: `--slot: «${text}» ещё не наступило, а страницу нельзя увидеть раньше времени.`,
      en: `--slot "${text}" is in the future: a page cannot be seen before its time.`,
    });
  }
  if (milliseconds < startOfDay(allowedDays.from, zone).getTime()) {
    throw new WrongArguments({
      ru: `--slot: ${dayRefusal(text, 'ru')}.`,
      en: `--slot: ${dayRefusal(text, 'en')}.`,
    });
  }
  return new Date(milliseconds);
}

/**
 * A registered page by any form of its link. Throws `WrongArguments` when it is not in the register, or cannot be read as
 * things are set up.
 */
export async function pageOf(services: Services, text: string): Promise<Page> {
  const link = parsePageLink(text);
  const page = await findPage(services.operations, link);
  if (!page) {
    throw new WrongArguments({
      ru: `Страницы ${link.url} нет в реестре. Сначала импортируйте её; что в нём есть, покажет npm run profpulse -- export.`,
      en: `The page ${link.url} is not in the register. Import it first, or look at "npm run profpulse -- export".`,
    });
  }
  refuseUnread(services, page);
  return page;
}
