import { pageStates, type Network } from '../../../domain/vocabulary.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import { stateWords } from './status-words.ts';

/** Something that happened to a page, in words. A state that is not known by name is said as it was written. */
export function eventWords(
  { event, before, after }: { event: string; before: string; after: string },
  network: Network | null,
  format: Formatter,
): string {
  const stateOf = (text: string) => {
    const state = pageStates.find((known) => known === text);
    return state ? stateWords(state, network) : text;
  };
  switch (event) {
    case 'renamed':
      return m.event_renamed({ before, after });
    case 'title':
      return m.event_title({ before, after });
    case 'state':
      return m.event_state({ before: stateOf(before), after: stateOf(after) });
    case 'history_reached':
      return m.event_history({ after: /^\d{4}-\d{2}-\d{2}$/.test(after) ? format.day(after) : after });
    default:
      return `${event}: ${before} → ${after}`;
  }
}
