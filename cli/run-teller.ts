import type { RunSummary } from '#collector/context.ts';
import { checkParked } from './commands/doctor-checks.ts';
import { wordsOf } from './commands/findings.ts';
import { explainFailure } from './failures.ts';
import { whenLabel } from './messages.ts';
import { runText } from './run-labels.ts';
import type { Services } from './services.ts';

/** Says in a terminal what became of the schedule's runs. */
export interface RunTeller {
  ended(summary: RunSummary): void;
  failed(error: unknown): void;
}

/** Makes it. A run in which nothing was due is not told; a key that is laid aside is told once. */
export function runTeller(
  { settings, sources, clock }: Pick<Services, 'settings' | 'sources' | 'clock'>,
  say: (text: string) => void,
): RunTeller {
  const { TIMEZONE: zone, LOCALE: locale } = settings;
  const words = wordsOf(locale);
  let told = new Set<string>();
  return {
    ended: (summary) => {
      if (summary.pages > 0) say(runText(summary, zone, locale));
      const parked = checkParked(sources, settings, words).map(({ text }) => text);
      for (const text of parked) if (!told.has(text)) say(text);
      told = new Set(parked);
    },
    failed: (error) => {
      const { message } = explainFailure(error, locale);
      const at = whenLabel(clock.now(), zone, locale);
      say(words(`${at}: сбор прервался. ${message}`, `${at}: the collection failed. ${message}`));
    },
  };
}
