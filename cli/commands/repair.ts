import { z } from 'zod';
import { parsePageLink } from '#domain/page-link.ts';
import { readReview, reviewDue } from '#collector/review.ts';
import { listPages, updatePages } from '#schema/operations/pages.ts';
import { exitCodes } from '../failures.ts';
import { counted } from '../messages.ts';
import type { Services } from '../services.ts';
import { interruptedText, pageOf, progressTeller } from './collect.ts';
import type { Command } from './command.ts';
import { wordsOf } from './findings.ts';
import { unreadPages, unreadText } from './unread-pages.ts';

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
    const pageId = page === undefined ? null : (await pageOf(services, page)).id;
    const networks = new Set<string>(services.sources.map(({ network }) => network));
    const chosen = (await listPages(operations)).filter(
      ({ id, network }) => networks.has(network) && (pageId === null || id === pageId),
    );
    // A page that its network has not been asked for has no past that is known.
    const wanted = chosen.filter(({ nativeId }) => nativeId !== null);
    const changes = { review: reviewDue, historyDoubt: null };
    await updatePages(
      operations,
      wanted.map(({ id }) => ({ id, changes })),
    );
    const before = await countPosts(services);
    const slot = clock.now();
    const pages = pageId === null ? ('all' as const) : { pageId };
    const onProgress = progressTeller(err, locale);
    await services.collect({ slot, kind: 'manual', pages }, { signal, onProgress });
    if (signal.aborted) {
      err(interruptedText(locale));
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
    const unfound = chosen.length - wanted.length;
    if (unfound > 0) {
      out(
        words(
          `Ещё не найдено в сети: ${counted(unfound, 'page', locale)}. Истории у таких пока нет, сначала их читает сбор.`,
          `Not found in the network yet: ${counted(unfound, 'page', locale)}. Such have no past that is known; a collection reads them first.`,
        ),
      );
    }
    const unread = pageId === null ? await unreadPages(services) : [];
    if (unread.length > 0) err(unreadText(unread, services));
    if (waiting.length > 0) {
      out(
        words(
          `Ждут следующих сборов: ${counted(waiting.length, 'page', locale)}. Они дочитываются сами, по мере суточной квоты и ответов сети.`,
          `Waiting for the next collections: ${counted(waiting.length, 'page', locale)}. They go on by themselves, as far as the day's quota and the network let.`,
        ),
      );
    }
    return waiting.length + unread.length === 0 ? 0 : exitCodes.failed;
  },
};

async function countPosts({ observations }: Services): Promise<{ posts: number; deleted: number }> {
  const [row] = await observations.rows<{ posts: number; deleted: number }>(
    `-- countPosts
       SELECT toUInt32(count()) AS posts, toUInt32(countIf(deleted IS NOT NULL)) AS deleted
     FROM ${observations.tables.posts} FINAL`,
  );
  return row ?? { posts: 0, deleted: 0 };
}
