const contacts = ['name', 'email', 'phone', 'proof'];
const importedContacts = [
  ...['chair', 'chair_email', 'chair_phone', 'chair_proof'],
  ...['responsible', 'email', 'phone', 'responsible_proof'],
];

/**
 * Which values in `before` and `after` of the journal's entries are personal: names of fields at any depth, by the journal's
 * word for what was done. What undoes something holds the same. A note of a reminder tells of the person who was reminded, and
 * where a consent lies of who gave it.
 */
const personalFields: Readonly<Record<string, readonly string[]>> = {
  'responsible.appointed': contacts,
  'person.changed': contacts,
  'person.imported': contacts,
  'organisation.added': importedContacts,
  'organisation.changed': importedContacts,
  'reminder.added': ['personName', 'note'],
};

/** The names of the personal fields of an entry, by the journal's word for it. */
export function personalFieldsOf(what: string): ReadonlySet<string> {
  return new Set(personalFields[what.replace(/\.undone$/u, '')]);
}

/** Whether `who` of an entry is a person: a login is an e-mail address, a command or the dashboard is nobody. */
export const isPersonalLogin = (who: string): boolean => who.includes('@');
