import { z } from 'zod';
import { parsePageLink } from '../../domain/page-link.ts';
import { readReview, reviewDue } from '../../collector/review.ts';
import { listPages, updatePages } from '../../schema/operations/pages.ts';
import { exitCodes } from '../failures.ts';
import { counted } from '../messages.ts';
import type { Services } from '../services.ts';
import { interruptedWords, pageIdOf } from './collect.ts';
import type { Command } from './command.ts';
import { wordsOf } from './findings.ts';

const input = z.object({ page: z.string().optional() });

/**
 * `repair [--page URL]`: reads the whole past of all pages, or of one, once more, beside what is known of it. Posts that
 * were wrongly taken for deleted come back, and those that were left out are found. Done when nothing waits.
 */
export const repairCommand: Command<z.infer<typeof input>> = {
  input,
  check: ({ page }) => {
    if (page !== undefined) parsePageLink(page);
  },
  run: async ({ services, signal, out, err }, { page }) => {
    await services.mend();
    const { operations, clock, settings } = services;
    const locale = settings.LOCALE;
    const words = wordsOf(locale);
    const pageId = page === undefined ? null : await pageIdOf(services, page);
    const networks = new Set<string>(services.sources.map(({ network }) => network));
    const wanted = (await listPages(operations)).filter(
      ({ id, network, nativeId }) =>
        networks.has(network) && nativeId !== null && (pageId === null || id === pageId),
    );
    const changes = { review: reviewDue, historyDoubt: null };
    await updatePages(
      operations,
      wanted.map(({ id }) => ({ id, changes })),
    );
    const before = await countPosts(services);
    const slot = clock.now();
    let shown = -1;
    await services.collect(
      { slot, kind: 'manual', pages: pageId === null ? 'all' : { pageId } },
      {
        signal,
        onProgress: ({ done, total }) => {
          const tenth = total > 0 ? Math.floor((10 * done) / total) : 10;
          if (tenth !== shown) err(`${done} / ${counted(total, 'page', locale)}`);
          shown = tenth;
        },
      },
    );
    if (signal.aborted) {
      err(interruptedWords(locale));
      return exitCodes.interrupted;
    }
    const after = await countPosts(services);
    const found = after.posts - before.posts;
    const back = before.deleted - after.deleted;
    const ids = new Set(wanted.map(({ id }) => id));
    const waiting = (await listPages(operations)).filter(
      ({ id, review }) => ids.has(id) && readReview(review).isOpen,
    );
    out(
      words(
        `Прочитано заново: ${counted(wanted.length - waiting.length, 'page', locale)}. Найдено публикаций, которых не было: ${Math.max(0, found)}; вернулось из удалённых: ${Math.max(0, back)}.`,
        `Read once more: ${counted(wanted.length - waiting.length, 'page', locale)}. Posts found that were missing: ${Math.max(0, found)}; back from the deleted: ${Math.max(0, back)}.`,
      ),
    );
    if (waiting.length === 0) return 0;
    out(
      words(
        `Ждут следующих сборов: ${counted(waiting.length, 'page', locale)}. Они дочитываются сами, по мере суточной квоты и ответов сети.`,
        `Waiting for the next collections: ${counted(waiting.length, 'page', locale)}. They go on by themselves, as far as the day's quota and the network let.`,
      ),
    );
    return exitCodes.failed;
  },
};

async function countPosts({ observations }: Services): Promise<{ posts: number; deleted: number }> {
  const [row] = await observations.rows<{ posts: number; deleted: number }>(
    `SELECT toUInt32(count()) AS posts, toUInt32(countIf(deleted IS NOT NULL)) AS deleted
     FROM ${observations.tables.posts} FINAL`,
  );
  return row ?? { posts: 0, deleted: 0 };
}
