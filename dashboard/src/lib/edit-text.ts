import { measuredNetworks } from '#domain/networks.ts';
import type { EditName, EditSummary } from '#register/edits/registry.ts';
import { spanLabel } from './day-labels.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { listNetworks } from '#wording/vocabulary-labels.ts';
import { channelLabel } from './silent-labels.ts';

type SummaryOf<Name extends EditName> = Extract<EditSummary, { kind: Name }>;

/** How a sentence is written: numbers and days, and whom it names, who may be forgotten. */
interface Writing {
  format: Formatter;
  named(name: string): string;
}

/** What was done, in a sentence for each kind. */
const sentences: { [Name in EditName]: (summary: SummaryOf<Name>, writing: Writing) => string } = {
  remind: ({ channel, person, organisations }, { named }) =>
    m.edit_reminder({
      channel: channelLabel(channel),
      person: named(person),
      organisations: organisations.join(', '),
    }),
  appoint: ({ organisation, before, after }, { named }) => {
    const said = { organisation, after: after.map(named).join(', ') };
    return before.length === 0
      ? m.edit_appointed(said)
      : m.edit_replaced_person({ ...said, before: before.map(named).join(', ') });
  },
  contacts: ({ after, areContactsChanged, isBasisChanged }, { named }) => {
    const said = { name: named(after.name) };
    if (!isBasisChanged) return m.edit_contacts(said);
    return areContactsChanged ? m.edit_contacts_and_basis(said) : m.edit_basis(said);
  },
  pause: ({ organisation, from, to, reason }, { format }) =>
    m.edit_pause({ organisation, days: spanLabel(from, to, format), reason }),
  resume: ({ organisation, from, to, reason }, { format }) =>
    m.edit_pause_ended({ organisation, days: spanLabel(from, to, format), reason }),
  add: ({ organisation, link }) => m.edit_page_added({ organisation, link }),
  replace: ({ organisation, before, after }) => m.edit_page({ organisation, before, after }),
  close: ({ organisation, before }) => m.edit_page_closed({ organisation, before }),
  target: ({ after }, { format }) =>
    m.edit_target({
      count: m.overview_growth_count({ count: after.subscribers }),
      day: format.day(after.by),
    }),
  clear: () => m.edit_target_cleared(),
  naming: ({ after }, { format }) => {
    const by = { decision: after.decision, day: format.day(after.decided) };
    return after.naming === 'by_name' ? m.edit_naming_by_name(by) : m.edit_naming_anonymous(by);
  },
  names: ({ federation, department }) =>
    federation === null && department === null
      ? m.edit_names_own()
      : m.edit_names({
          federation: federation ?? m.edit_names_default(),
          department: department ?? m.edit_names_default(),
        }),
  public_silent: ({ after }) => (after ? m.edit_public_silent_shown() : m.edit_public_silent_hidden()),
};

/** What was done, in a sentence; of an entry of the journal that is damaged, or of people who were erased, that it is so. */
export function editText(
  { id, summary, isErased }: { id: number; summary: EditSummary | null; isErased: boolean },
  format: Formatter,
): string {
  if (!summary) return m.edit_unreadable({ entry: id });
  // The table has a sentence for each kind, of its own summary.
  const sentence = sentences[summary.kind] as (said: EditSummary, writing: Writing) => string;
  const named = (name: string): string => (isErased && name === '' ? m.edit_data_erased() : name);
  return sentence(summary, { format, named });
}

/** What else has to be known of what was done: a page of a network that is not read is only kept. `''` when nothing has. */
export function editNote(summary: EditSummary | null): string {
  return summary && 'isRead' in summary && !summary.isRead
    ? m.edit_unread({ networks: listNetworks(measuredNetworks, 'label') })
    : '';
}
