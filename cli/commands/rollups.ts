import { z } from 'zod';
import { verifyRollups, type RollupDifference } from '../../analytics/rollups.ts';
import { oweDays } from '../../schema/operations/owed-days.ts';
import { findMissingPosts } from '../../schema/stored-posts.ts';
import { exitCodes } from '../failures.ts';
import type { Command } from './command.ts';
import { wordsOf, type Words } from './findings.ts';
import { missingWords } from './store-checks.ts';

const input = z.object({});
const mostLines = 50;

/**
 * `rollups verify`: counts every cell again from the posts and names those that differ, and posts that are missing. What
 * differs is owed from then on, so that whoever counts next mends it; nothing else is changed.
 */
export const rollupsVerifyCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, out, err }) => {
    const { operations, observations, analytics, counting, settings, clock } = services;
    const words = wordsOf(settings.LOCALE);
    // What is being counted would differ for a moment.
    await counting.idle();
    const missing = await findMissingPosts(operations, observations);
    if (missing.pages > 0) err(missingWords(missing, words));
    const differences = await verifyRollups(analytics);
    for (const difference of differences.slice(0, mostLines)) err(lineOf(difference, words));
    if (differences.length === 0 && missing.pages === 0) {
      out(words('Своды сходятся с публикациями.', 'The rollups agree with the posts.'));
      return 0;
    }
    if (differences.length > 0) {
      await oweDays(operations, differences, clock.now());
      err(
        words(
          `Расхождений: ${differences.length}. Эти дни отмечены: их пересчитает npm start или npm run profpulse -- collect, а если сервер работает, ближайший сбор.`,
          `${differences.length} differences. These days are marked: npm start, or npm run profpulse -- collect, counts them again, and a running server at its next collection.`,
        ),
      );
    }
    return exitCodes.failed;
  },
};

function lineOf(difference: RollupDifference, words: Words): string {
  const { rollup, pageId, day, measure, stored, expected } = difference;
  return words(
    `${rollup} ${day}, страница ${pageId}, ${measure}: записано ${stored}, по публикациям ${expected}`,
    `${rollup} ${day}, page ${pageId}, ${measure}: stored ${stored}, the posts say ${expected}`,
  );
}
