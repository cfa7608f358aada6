import type { Operations } from '#schema/operations/connect.ts';
import { findOrganisations, getOrganisation } from '#schema/operations/organisations.ts';
import { rolesOfOrganisations, type Role } from './permissions.ts';
import { AccountRefused } from './problems.ts';

/** How something of the register is written where several have its name: by its number. */
const byNumber = /^(?:№|#|id)\s*(\d{1,9})$|[([]\s*№\s*(\d{1,9})\s*[)\]]$/iu;

/** The number in the register that was entered («№ 12», also behind a name); `null` when none was. */
export function readNumber(entered: string): number | null {
  const [, alone, behind] = byNumber.exec(entered) ?? [];
  const number = alone ?? behind;
  return number === undefined ? null : Number(number);
}

/**
 * Where a role is to hold: the organisation that was entered, by its name, short name or number («№ 12», also behind the name);
 * `null` for a role of the whole federation. Rejects with `AccountRefused`.
 */
export async function readWhere(operations: Operations, role: Role, entered: string): Promise<number | null> {
  if (!rolesOfOrganisations.includes(role)) return null;
  const text = entered.trim().replace(/\s+/gu, ' ');
  if (text === '') throw new AccountRefused('organisation_missing');
  const number = readNumber(text);
  if (number !== null) {
    const organisation = await getOrganisation(operations, number);
    if (!organisation || organisation.removedAt !== null) throw new AccountRefused('organisation_unknown');
    return organisation.id;
  }
  const [found, another] = await findOrganisations(operations, text);
  if (!found) throw new AccountRefused('organisation_unknown');
  if (another) throw new AccountRefused('organisation_ambiguous');
  return found.id;
}
