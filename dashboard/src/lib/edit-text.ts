import { spanWords } from './day-words.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import type { Deed } from './server/done-lines.ts';
import { channelWords } from './silent-words.ts';

/** What else has to be known of what was done: a page of a network that is not read is only kept. `''` when nothing has. */
export function deedNote(deed: Deed): string {
  return (deed.kind === 'page_added' || deed.kind === 'page') && !deed.isRead ? m.silent_deed_unread() : '';
}

/** What was done, in a sentence. */
export function deedWords(deed: Deed, format: Formatter): string {
  switch (deed.kind) {
    case 'reminder': {
      const { person, channel, organisations } = deed;
      return m.silent_deed_reminder({
        channel: channelWords(channel),
        person,
        organisations: organisations.join(', '),
      });
    }
    case 'pause':
    case 'pause_end': {
      const said = {
        organisation: deed.organisation,
        days: spanWords(deed.from, deed.to, format),
        reason: deed.reason,
      };
      return deed.kind === 'pause' ? m.silent_deed_pause(said) : m.silent_deed_pause_ended(said);
    }
    case 'appointment': {
      const { organisation, before, after } = deed;
      return before.length === 0
        ? m.silent_deed_appointed({ organisation, after: after.join(', ') })
        : m.silent_deed_replaced_person({
            organisation,
            after: after.join(', '),
            before: before.join(', '),
          });
    }
    case 'contacts':
      return m.silent_deed_contacts({ name: deed.after.name });
    case 'unreadable':
      return m.silent_deed_unreadable({ entry: deed.entry });
    case 'page_added':
      return m.silent_deed_added({ organisation: deed.organisation, link: deed.link });
    case 'page': {
      const { organisation, before, after } = deed;
      return after === null
        ? m.silent_deed_closed({ organisation, before })
        : m.silent_deed_page({ organisation, before, after });
    }
  }
}
