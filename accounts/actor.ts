import { appendJournal } from '#schema/operations/journal.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { Role } from './permissions.ts';

/** Who does something with accounts: their e-mail address, or the command; and their roles. */
export interface AccountActor {
  who: string;
  /** The address that they come from over HTTP; without it, not known. */
  address?: string | undefined;
  roles: readonly Role[];
}

/** Whoever has the machine may do all. */
export const machine: AccountActor = { who: 'command', roles: ['administrator'] };

/** Something that was done with an account. */
export interface AccountEntry extends Pick<AccountActor, 'who' | 'address'> {
  what: string;
  /** The user's id, or `link-` and that of an invitation. */
  userId: string;
  after: unknown;
}

/** What was done with an account stands in the journal: ids and roles, no names. */
export async function journalAccount(
  inside: Operations,
  at: Date,
  { who, address = '', what, userId, after }: AccountEntry,
): Promise<void> {
  await appendJournal(
    inside,
    [{ at, who, address, what, subject: `account:${userId}`, before: null, after }],
    'settings',
  );
}
