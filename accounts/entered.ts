import * as z from 'zod';
import { accountEmail } from '#schema/operations/users.ts';
import { mostNameLength } from './lengths.ts';
import { grantableRoles, type GrantableRole } from './permissions.ts';
import { AccountRefused } from './problems.ts';

/** What somebody enters who gets an account. */
export interface EnteredAccount {
  name: string;
  email: string;
  password: string;
}

const emailForm = z.email();

/** The e-mail address that was entered. Throws `AccountRefused`. */
export function readEmail(entered: string): string {
  const email = accountEmail(entered);
  if (email === '') throw new AccountRefused('email_missing');
  if (!emailForm.safeParse(email).success || email.length > 200) throw new AccountRefused('email_wrong');
  return email;
}

/** The name that was entered. Throws `AccountRefused`. */
export function readName(entered: string): string {
  // Control characters, and those that turn the direction of what stands beside them.
  const name = entered
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
    .replace(/\s+/gu, ' ');
  if (name === '') throw new AccountRefused('name_missing');
  if (name.length > mostNameLength) throw new AccountRefused('name_long');
  return name;
}

/** The role that was chosen. Throws `AccountRefused`. */
export function readRole(role: string): GrantableRole {
  const known = grantableRoles.find((each) => each === role);
  if (!known) throw new AccountRefused('role_missing');
  return known;
}
