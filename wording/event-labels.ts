import { otherKinds, pageStates, type Network, type OtherKind } from '#domain/vocabulary.ts';
import { innerQuotes } from '#domain/inner-quotes.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import { stateLabel } from './status-labels.ts';

function becameText(kind: OtherKind): string {
  return {
    group_chat: m.event_became_group_chat,
    bot: m.event_became_bot,
    person: m.event_became_person,
    application: m.event_became_application,
  }[kind]();
}

/** Something that happened to a page, in words. A state that is not known by name is said as it was written. */
export function eventText(
  { event, before, after }: { event: string; before: string; after: string },
  network: Network | null,
  format: Formatter,
): string {
  const stateOf = (text: string) => {
    const state = pageStates.find((known) => known === text);
    return state ? stateLabel(state, network) : text;
  };
  switch (event) {
    case 'renamed':
      return m.event_renamed({ before, after });
    case 'title':
      return m.event_title({
        before: innerQuotes(before, format.locale),
        after: innerQuotes(after, format.locale),
      });
    case 'state':
      return m.event_state({ before: stateOf(before), after: stateOf(after) });
    case 'became': {
      const kind = otherKinds.find((known) => known === after);
      return kind ? becameText(kind) : m.event_became_other();
    }
    case 'found_again':
      return after === '' ? m.event_found_again_plain() : m.event_found_again({ after });
    case 'history_reached':
      return m.event_history({ after: /^\d{4}-\d{2}-\d{2}$/.test(after) ? format.day(after) : after });
    default:
      return `${event}: ${before} → ${after}`;
  }
}
