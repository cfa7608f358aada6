import { m } from '#wording/paraglide/messages.js';

/** What was done, by the journal's word for it. */
const deeds: Readonly<Record<string, () => string>> = {
  'account.added': m.deed_account_added,
  'account.erased': m.deed_account_erased,
  'account.invited': m.deed_account_invited,
  'account.password_reset': m.deed_account_password_reset,
  'account.removed': m.deed_account_removed,
  'account.reset_made': m.deed_account_reset_made,
  'account.role_ended': m.deed_account_role_ended,
  'account.role_granted': m.deed_account_role_granted,
  'account.signed_out': m.deed_account_signed_out,
  'account.tied': m.deed_account_tied,
  'account.uninvited': m.deed_account_uninvited,
  'growth_target.cleared': m.deed_growth_target_cleared,
  'growth_target.set': m.deed_growth_target_set,
  'journal.erased': m.deed_journal_erased,
  'journal.undone': m.deed_journal_undone,
  'members.replaced': m.deed_members_replaced,
  'naming.set': m.deed_naming_set,
  'organisation.added': m.deed_organisation_added,
  'organisation.changed': m.deed_organisation_changed,
  'page.added': m.deed_page_added,
  'page.registered': m.deed_page_registered,
  'page.closed': m.deed_page_closed,
  'page.moved': m.deed_page_moved,
  'page.replaced': m.deed_page_replaced,
  'pause.agreed': m.deed_pause_agreed,
  'pause.ended': m.deed_pause_ended,
  'person.changed': m.deed_person_changed,
  'person.erased': m.deed_person_erased,
  'person.imported': m.deed_person_imported,
  'public_silent.set': m.deed_public_silent_set,
  'reminder.added': m.deed_reminder_added,
  'responsible.appointed': m.deed_responsible_appointed,
  'secrets.given_up': m.deed_secrets_given_up,
  'secrets.rotated': m.deed_secrets_rotated,
  'sender_names.set': m.deed_sender_names_set,
  'share.created': m.deed_share_created,
  'share.revoked': m.deed_share_revoked,
  'token.created': m.deed_token_created,
  'token.revoked': m.deed_token_revoked,
};

/** Personal values of an entry, by the names of their fields. */
const fields: Readonly<Record<string, () => string>> = {
  who: m.journal_field_who,
  address: m.journal_field_address,
  name: m.journal_field_name,
  email: m.journal_field_email,
  phone: m.journal_field_phone,
  proof: m.journal_field_proof,
  personName: m.journal_field_person_name,
  note: m.journal_field_note,
  chair: m.journal_field_chair,
  chair_email: m.journal_field_chair_email,
  chair_phone: m.journal_field_chair_phone,
  chair_proof: m.journal_field_chair_proof,
  responsible: m.journal_field_responsible,
  responsible_proof: m.journal_field_responsible_proof,
};

/** What an entry of the journal tells of, in words; of a word that nobody knows any more, that it is something else. */
export function deedLabel(what: string): string {
  const known = deeds[what];
  if (known) return known();
  const deed = (deeds[what.replace(/\.undone$/u, '')] ?? m.deed_other)();
  return what.endsWith('.undone') ? m.deed_undone({ deed }) : deed;
}

/** Where in an entry a value stands (`after/0/phone`), in words. */
export function journalFieldLabel(path: string): string {
  const field = (fields[path.split('/').at(-1) ?? ''] ?? m.journal_field_other)();
  if (path.startsWith('before/')) return m.journal_before({ field });
  return path.startsWith('after/') ? m.journal_after({ field }) : field;
}

/** Who did something: a login, or in words what is none. */
export function doerLabel(who: string): string {
  if (who === 'command') return m.stored_by_command();
  return who === 'dashboard' ? m.stored_by_dashboard() : who;
}
