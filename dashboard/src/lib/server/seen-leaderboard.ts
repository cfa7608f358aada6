import type { SeenLeaderboard } from '#analytics/ranking/part.ts';
import type { Coverage, LeaderboardRequest } from '#analytics/types.ts';
import { leaderboard, loadCoverage, partOfLeaderboard } from './questions.ts';
import type { Reader } from './reader.ts';
import { shareAnswer } from './reader-answers.ts';
import type { DashboardServices } from './services.ts';

/** The ranking that a reader asks for, as far as they see it. What who sees all asks is computed once for all of them. */
export async function seenLeaderboard(
  services: DashboardServices,
  reader: Reader,
  request: LeaderboardRequest,
): Promise<SeenLeaderboard> {
  const within = reader.reach('numbers.read');
  const ask = async (asked: LeaderboardRequest) =>
    await shareAnswer(services, 'leaderboard', asked, () => leaderboard(services.analytics, asked));
  if (!within) return { ...(await ask(request)), others: [] };
  const { period, network, ...filters } = request;
  const [whole, coverage] = await Promise.all([ask({ period, network }), seenCoverage(services, reader)]);
  return partOfLeaderboard(whole, { within, namesOthers: reader.namesOthers, coverage }, filters);
}

/** What is known of the pages that a reader sees the numbers of; who is told no names is told of all, without causes. */
export async function seenCoverage(services: DashboardServices, reader: Reader): Promise<Coverage> {
  const within = reader.reach('numbers.read');
  const counted = within?.size === 0 ? null : within;
  return await shareAnswer(services, 'coverage', { within: counted }, () =>
    loadCoverage(services.analytics, counted),
  );
}

/**
 * Whether a reader sees an organisation by its name, with its numbers: one within their reach, or one of their leagues where
 * they see the names of others.
 */
export async function seesOrganisation(
  services: DashboardServices,
  reader: Reader,
  { id, period }: { id: number; period: LeaderboardRequest['period'] },
): Promise<boolean> {
  const within = reader.reach('numbers.read');
  if (!within || within.has(id)) return true;
  if (!reader.namesOthers) return false;
  const { rows } = await seenLeaderboard(services, reader, { period });
  return rows.some(({ organisation }) => organisation.id === id);
}
