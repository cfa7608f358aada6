import { listApiTokens } from '#schema/operations/api-tokens.ts';
import { listJournalValues, type JournalValue } from '#schema/operations/journal-people.ts';
import { getOrganisations } from '#schema/operations/organisations.ts';
import { listReminders } from '#schema/operations/reminders.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { listSessions, type Session } from '#schema/operations/sessions.ts';
import { getUser, listUsers } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';

/** Everything that is stored of an account, but what guards it: its password and the secret of its second step. */
export interface StoredAccount {
  id: string;
  name: string;
  email: string;
  createdAt: Date;
  removedAt: Date | null;
  hasTwoFactor: boolean;
  personId: number | null;
  roles: { role: string; organisation: string; grantedAt: Date; grantedBy: string; endsAt: Date | null }[];
  sessions: Pick<Session, 'createdAt' | 'usedAt' | 'expiresAt' | 'address' | 'userAgent'>[];
  tokens: { name: string; createdAt: Date; expiresAt: Date; lastUsedAt: Date | null }[];
  /** When they noted that somebody was reminded. */
  reminders: Date[];
  journal: JournalValue[];
}

/** Reads everything that is stored of an account; `null` when there is none, or it was erased. */
export async function readStoredAccount(
  { operations, clock }: Pick<Accounts, 'operations' | 'clock'>,
  userId: string,
): Promise<StoredAccount | null> {
  const user = await getUser(operations, userId);
  if (!user || user.email === '') return null;
  const grants = await listRoleGrants(operations, { userId });
  const organisations = await getOrganisations(
    operations,
    grants.flatMap(({ organisationId }) => organisationId ?? []),
  );
  const named = new Map(organisations.map(({ id, name }) => [id, name]));
  const sessions = await listSessions(operations, clock.now(), userId);
  const tokens = (await listApiTokens(operations)).filter((token) => token.userId === userId);
  const reminders = (await listReminders(operations)).filter(({ who }) => who === user.email);
  return {
    ...user,
    roles: grants.map(({ role, organisationId, grantedAt, grantedBy, endsAt }) => ({
      organisation: organisationId === null ? '' : (named.get(organisationId) ?? ''),
      ...{ role, grantedAt, grantedBy, endsAt },
    })),
    sessions: sessions.map(({ createdAt, usedAt, expiresAt, address, userAgent }) => ({
      ...{ createdAt, usedAt, expiresAt, address, userAgent },
    })),
    tokens: tokens.map(({ name, createdAt, expiresAt, lastUsedAt }) => ({
      ...{ name, createdAt, expiresAt, lastUsedAt },
    })),
    reminders: reminders.map(({ at }) => at),
    journal: await listJournalValues(operations, { personId: null, texts: [user.email] }),
  };
}

/** Most of those that a search gives. */
const mostFound = 50;

/** Accounts, also those that were taken away, whose name or address holds a text; none for an empty one. */
export async function findAccounts(
  { operations }: Pick<Accounts, 'operations'>,
  text: string,
): Promise<{ id: string; name: string; isRemoved: boolean }[]> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return (await listUsers(operations))
    .filter(
      ({ name, email }) => email !== '' && (name.toLowerCase().includes(wanted) || email.includes(wanted)),
    )
    .slice(0, mostFound)
    .map(({ id, name, removedAt }) => ({ id, name, isRemoved: removedAt !== null }));
}
