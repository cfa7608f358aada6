import type { Operations } from './connect.ts';
import { accountEmail, shownEmail } from './users.ts';

/**
 * Who did something, as the store keeps it outside of the journal: the id of the user whose login it is, so that whose account is
 * erased is named nowhere; the word for a command as it is; '' for a login that nobody has.
 */
export async function storedDoer({ db }: Operations, who: string): Promise<string> {
  if (!who.includes('@')) return who;
  const user = await db
    .selectFrom('users')
    .select('id')
    .where('email', '=', accountEmail(who))
    .executeTakeFirst();
  return user?.id ?? '';
}

/** Who did something, from what is kept and from the e-mail address of that user, where there is one; '' when it was erased. */
export const readDoer = (kept: string, email: string | null): string =>
  email === null ? kept : shownEmail(email);
