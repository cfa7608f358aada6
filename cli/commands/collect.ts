import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { allowedDays, dayRefusal } from '../../domain/allowed-days.ts';
import { parsePageLink } from '../../domain/page-link.ts';
import { startOfDay } from '../../domain/period.ts';
import { outcomes } from '../../domain/vocabulary.ts';
import { findPage } from '../../register/find-page.ts';
import { exitCodes, WrongArguments } from '../failures.ts';
import { counted, type Locale } from '../messages.ts';
import type { Command } from './command.ts';

const input = z.object({ page: z.string().optional(), slot: z.string().optional() });

/** `collect [--page URL] [--slot TIME]`: reads all pages, or one, now; done when every page has an outcome. */
export const collectCommand: Command<z.infer<typeof input>> = {
  input,
  check: ({ page, slot }, settings, now) => {
    if (page !== undefined) parsePageLink(page);
    if (slot !== undefined) slotAt(slot, settings.TIMEZONE, now, settings.LOCALE);
  },
  run: async ({ services, signal, out, err }, { page, slot }) => {
    await services.mend();
    const locale = services.settings.LOCALE;
    const now = services.clock.now();
    const at = slot === undefined ? now : slotAt(slot, services.settings.TIMEZONE, now, locale);
    const pages = page === undefined ? ('all' as const) : { pageId: await pageIdOf(services, page) };
    let shown = -1;
    const summary = await services.collect(
      { slot: at, kind: 'manual', pages },
      {
        signal,
        onProgress: ({ done, total }) => {
          const tenth = total > 0 ? Math.floor((10 * done) / total) : 10;
          if (tenth === shown) return;
          shown = tenth;
          err(`${done} / ${counted(total, 'page', locale)}`);
        },
      },
    );
    out(describe(summary, locale));
    if (signal.aborted) {
      err(interruptedWords(locale));
      return exitCodes.interrupted;
    }
    const seen = Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0);
    return seen >= summary.pages ? 0 : exitCodes.failed;
  },
};

/** What is said when a collection was ended by a signal. */
export function interruptedWords(locale: Locale): string {
  return locale === 'ru'
    ? 'Сбор прерван. Прочитанное сохранено, остальное прочитает следующий сбор.'
    : 'The collection was interrupted. What was read is kept, and the next collection reads the rest.';
}

function describe(
  summary: { slot: Date; pages: number; outcomes: Partial<Record<string, number>> },
  locale: Locale,
): string {
  const parts = outcomes
    .filter((outcome) => (summary.outcomes[outcome] ?? 0) > 0)
    .map((outcome) => `${outcome} ${summary.outcomes[outcome]}`);
  const counts = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  return `${summary.slot.toISOString()} ${counted(summary.pages, 'page', locale)}${counts}`;
}

/**
 * The instant of `--slot`: ISO 8601; without an offset it is the federation's local time. Never in the future, and on a day
 * that is taken. Throws `WrongArguments`.
 */
export function slotAt(text: string, zone: string, now: Date, locale: Locale = 'en'): Date {
  let milliseconds: number;
  try {
    milliseconds = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    throw new WrongArguments(
      `--slot wants a time like 2026-03-02T09:00 (in ${zone}) or 2026-03-02T01:00Z, and got "${text}".`,
    );
  }
  if (milliseconds > now.getTime()) {
    throw new WrongArguments(`--slot "${text}" is in the future: a page cannot be seen before its time.`);
  }
  if (milliseconds < startOfDay(allowedDays.from, zone).getTime()) {
    throw new WrongArguments(`--slot: ${dayRefusal(text, locale)}.`);
  }
  return new Date(milliseconds);
}

/** The id of a registered page by any form of its link. Throws `WrongArguments` when it is not in the register. */
export async function pageIdOf(
  services: Parameters<Command<unknown>['run']>[0]['services'],
  text: string,
): Promise<number> {
  const link = parsePageLink(text);
  const page = await findPage(services.operations, link);
  if (page) return page.id;
  throw new WrongArguments(
    `The page ${link.url} is not in the register. Import it first, or look at "profpulse export".`,
  );
}
