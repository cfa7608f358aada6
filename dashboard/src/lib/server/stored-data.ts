import { error } from '@sveltejs/kit';
import { mayHandle } from '#accounts/erase-account.ts';
import { accountProblemsOf } from '#accounts/problems.ts';
import { readStoredAccount, type StoredAccount } from '#accounts/stored-account.ts';
import { readStoredPerson, type StoredPerson } from '#register/personal-data/stored-person.ts';
import type { Reader } from './reader.ts';
import { useServices } from './services.ts';

/** What is stored of a person of the register, or of an account. */
export type Stored =
  | { kind: 'person'; id: number; stored: StoredPerson }
  | { kind: 'account'; id: string; stored: StoredAccount };

/**
 * Reads what is stored of whom an address names (`person-12`, `account-…`). Ends the request with 404 when there is nobody, and with
 * 403 when it is the account of somebody whose roles the reader could not give.
 */
export async function readStored(address: string, reader: Reader): Promise<Stored> {
  const { accounts, operations, settings } = useServices();
  const [, kind, id = ''] = /^(person|account)-([\w-]{1,60})$/.exec(address) ?? [];
  if (kind === 'person' && /^\d{1,9}$/.test(id)) {
    const stored = await readStoredPerson(operations, Number(id), settings.zone);
    if (stored) return { kind, id: Number(id), stored };
  }
  if (kind === 'account') {
    await mayHandle(accounts, id, { roles: reader.account?.roles ?? [] }).catch((refused: unknown) => {
      const codes = accountProblemsOf(refused);
      if (!codes) throw refused;
      if (codes.includes('role_forbidden')) error(403, 'Ask the administrator for access.');
      error(404, 'Nobody of that number is stored.');
    });
    const stored = await readStoredAccount(accounts, id);
    if (stored) return { kind, id, stored };
  }
  error(404, 'Nobody of that number is stored.');
}

/** What has to be entered so that somebody is erased: what they are called, or are known by. */
export const confirmationOf = ({ kind, stored }: Stored): string =>
  kind === 'account' ? stored.email : stored.name || stored.phone || stored.email || String(stored.id);

const plain = (text: string): string => text.trim().replace(/\s+/gu, ' ').toLowerCase();

/** Whether what was entered confirms it. */
export const isConfirmed = (entered: string, wanted: string): boolean => plain(entered) === plain(wanted);
