import { z } from 'zod';
import { verifyRollups, type RollupDifference } from '#analytics/rollups/rollups.ts';
import { historyDifferences } from '#schema/history.ts';
import { allPages, listOwedDays, oweDays, type OwedDay } from '#schema/operations/owed-days.ts';
import { listPages } from '#schema/operations/pages.ts';
import { findMissingPosts } from '#schema/stored-posts.ts';
import { CountedElsewhere } from '../sole-work.ts';
import { exitCodes } from '../failures.ts';
import { counted, dayLabel, type Locale } from '../messages.ts';
import type { Services } from '../services.ts';
import type { Command } from './command.ts';
import { wordsOf } from './findings.ts';
import { missingText } from './store-checks.ts';

const input = z.object({});
const mostLines = 50;

/**
 * `rollups verify`: counts what is owed, then every cell again from the posts, and names those that differ, and posts that
 * are missing. Days that are owed all the same, as another process is counting or collecting, are told apart: they differ
 * because nobody has counted them yet. Anything else that differs is owed from then on, so that whoever counts next mends
 * it.
 */
export const rollupsVerifyCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, out, err }) => {
    const { operations, observations, analytics, aggregation, settings, clock } = services;
    const locale = settings.LOCALE;
    const words = wordsOf(locale);
    try {
      await aggregation.countLeft({ waits: false });
    } catch (error) {
      // What it counts is owed until it is done, and told apart below.
      if (!(error instanceof CountedElsewhere)) throw error;
    }
    const missing = await findMissingPosts(operations, observations);
    if (missing.pages > 0) err(missingText(missing, words));
    const before = await listOwedDays(operations);
    const found = await verifyRollups(analytics);
    const isOwed = owedCheck([...before, ...(await listOwedDays(operations))]);
    const differences = found.filter((difference) => !isOwed(difference));
    const owed = found.length - differences.length;
    if (owed > 0) {
      err(
        words(
          `Ещё не подсчитано: ${counted(owed, 'count', locale)}. Это не расхождения: собранное сейчас подсчитывает другой процесс или подсчитает текущий сбор. Повторите проверку, когда он закончит.`,
          `Not counted yet: ${counted(owed, 'count', locale)}. These are no differences: another process counts what was collected, or the run under way will. Check again when it is done.`,
        ),
      );
    }
    const addressOf = await addresses(services);
    for (const each of differences.slice(0, mostLines)) err(lineOf(each, addressOf(each.pageId), locale));
    if (differences.length > mostLines) {
      const more = counted(differences.length - mostLines, 'count', locale);
      err(words(`… и ещё ${more}`, `… and ${more} more`));
    }
    if (differences.length > 0) {
      await oweDays(operations, differences, clock.now());
      err(
        words(
          `Не сходится: ${counted(differences.length, 'count', locale)}. Эти дни отмечены: их пересчитает npm start или npm run profpulse -- collect, а если программа уже работает, ближайший сбор.`,
          `${differences.length} differences. These days are marked: npm start, or npm run profpulse -- collect, counts them again, and a running server at its next collection.`,
        ),
      );
    }
    const strayed = await historyDifferences(observations);
    for (const { table, key } of strayed.slice(0, mostLines))
      err(
        words(
          `${table}, ${key}: в истории записано другое`,
          `${table}, ${key}: the history says something else`,
        ),
      );
    if (strayed.length > 0) {
      err(
        words(
          `История не сходится с тем, что записано: ${counted(strayed.length, 'count', locale)}. Если ближайший сбор этого не исправит, восстановите базу наблюдений из копии.`,
          `${strayed.length} differences between the history and what is stored. If the next collection does not mend them, restore the observations from a backup.`,
        ),
      );
    }
    if (differences.length + missing.pages + strayed.length > 0) return exitCodes.failed;
    out(
      owed > 0
        ? words('То, что подсчитано, сходится с публикациями.', 'What is counted agrees with the posts.')
        : words('Итоги по дням и месяцам сходятся с публикациями.', 'The rollups agree with the posts.'),
    );
    return owed > 0 ? exitCodes.failed : 0;
  },
};

/** Whether a difference is of a day that nobody has counted yet. */
function owedCheck(owed: readonly OwedDay[]): (difference: RollupDifference) => boolean {
  const from = new Map<number, string>();
  for (const { pageId, fromDay } of owed) {
    const known = from.get(pageId);
    if (known === undefined || fromDay < known) from.set(pageId, fromDay);
  }
  return ({ pageId, day, rollup }) => {
    const first = from.get(pageId) ?? from.get(allPages);
    if (first === undefined) return false;
    // A month is of its first day, and holds days that come later.
    return rollup === 'month' ? day.slice(0, 7) >= first.slice(0, 7) : day >= first;
  };
}

async function addresses({ operations }: Services): Promise<(pageId: number) => string> {
  const pages = await listPages(operations, { removed: true });
  const links = new Map(pages.map(({ id, link }) => [id, link]));
  return (pageId) => links.get(pageId) ?? String(pageId);
}

function lineOf(difference: RollupDifference, page: string, locale: Locale): string {
  const { rollup, day, measure, stored, expected } = difference;
  const date = dayLabel(day, locale);
  const when = wordsOf(locale)(
    rollup === 'month' ? `месяц с ${date}` : date,
    rollup === 'month' ? `month of ${date}` : date,
  );
  return wordsOf(locale)(
    `${page}, ${when}, ${measure}: записано ${stored}, по публикациям ${expected}`,
    `${page}, ${when}, ${measure}: stored ${stored}, the posts say ${expected}`,
  );
}
