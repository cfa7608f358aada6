import { readDataVersion } from '#schema/operations/data-version.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { DashboardServices } from './services.ts';
import { freezeAndWeigh, SharedAnswers } from './shared-answers.ts';

const megabyte = 1024 * 1024;
/** What is kept of answers, and of what was made of them, at most. A federation of 45 organisations fills a tenth. */
const kept = { answers: 48 * megabyte, responses: 48 * megabyte };

/** Times are shown to the minute. Minutes begin together with days in every zone. */
const minute = 60_000;

/** What one process shares among its readers. */
export interface ReaderAnswers {
  /**
   * What every answer of the moment rests on: the data's version, which is read anew for each request, and the minute.
   * Whoever else changes the data tells it by the version; what nobody tells of is shown after a minute at most.
   */
  stand(): Promise<string>;
  answers: SharedAnswers;
  responses: SharedAnswers;
}

const shared = new WeakMap<DashboardServices, ReaderAnswers>();

/** What the readers of these services share. */
export function readerAnswers(services: DashboardServices): ReaderAnswers {
  const known = shared.get(services);
  if (known) return known;
  const { operations, analytics } = services;
  const version = versionReader(operations);
  const made: ReaderAnswers = {
    stand: async () => `${Math.floor(analytics.clock.now().getTime() / minute)} ${await version()}`,
    answers: new SharedAnswers(kept.answers, minute),
    responses: new SharedAnswers(kept.responses, minute),
  };
  shared.set(services, made);
  return made;
}

/**
 * Reads the version for all who ask at once: whoever asks while it is being read waits for the next reading, which begins
 * after that, so that nobody is told an older version than the one at the time of asking.
 */
function versionReader(operations: Operations): () => Promise<string> {
  let running: Promise<string> | null = null;
  let next: Promise<string> | null = null;
  const read = (): Promise<string> => {
    running = readDataVersion(operations).finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (!running) return read();
    next ??= running.then(
      () => ((next = null), read()),
      () => ((next = null), read()),
    );
    return next;
  };
}

/**
 * The answer to a question of `analytics/`, computed once for all readers who ask it with the same parameters while the
 * data stay the same. It is frozen, as it belongs to all of them. Rejects as `ask` does.
 */
export async function shareAnswer<Answer>(
  services: DashboardServices,
  question: string,
  parameters: object,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const { answers, stand } = readerAnswers(services);
  const key = `${question} ${JSON.stringify(parameters)}`;
  return await answers.share(await stand(), key, { ask, bytesOf: freezeAndWeigh });
}
