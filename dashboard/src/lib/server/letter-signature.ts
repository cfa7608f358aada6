import type { CurrentStatuses } from '#analytics/status/current.ts';
import { isWithin, type Reach } from '#domain/reach.ts';
import { readSenderNames, type SenderNames } from '#register/sender-names.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getOrganisation } from '#schema/operations/organisations.ts';

/** Who signs a letter: the federation, by its short name or as it has named itself for sentences; or member organisations. */
export type Signature =
  | { kind: 'federation'; registered: string; names: SenderNames }
  | { kind: 'members'; names: readonly string[] };

/** What a letter is written from: how organisations stand, which of them its writer edits, and which it is about. */
interface Written {
  standings: CurrentStatuses;
  /** All with `null`. */
  within: Reach | null;
  about: readonly number[];
}

/**
 * Who signs a letter. Whoever edits a part of the organisations writes for these, and not for the federation: what they edit is
 * followed up from whom the letter is about to the top of that part.
 */
export async function signatureFor(
  operations: Operations,
  { standings, within, about }: Written,
): Promise<Signature> {
  if (!within) {
    const federation = standings.organisations.find(({ level }) => level === 'federation');
    const names = await readSenderNames(operations);
    return { kind: 'federation', registered: federation?.short ?? '', names };
  }
  const tops = new Map<number, string>();
  for (const id of about) {
    const top = await topOf(operations, within, id);
    if (top) tops.set(top.id, top.name);
  }
  return { kind: 'members', names: [...tops.values()] };
}

async function topOf(
  operations: Operations,
  within: Reach,
  id: number,
): Promise<{ id: number; name: string } | null> {
  const seen = new Set<number>();
  let top: { id: number; name: string } | null = null;
  let next: number | null = id;
  while (next !== null && isWithin(within, next) && !seen.has(next)) {
    seen.add(next);
    const organisation = await getOrganisation(operations, next);
    if (!organisation) break;
    if (organisation.removedAt === null)
      top = { id: organisation.id, name: organisation.short || organisation.name };
    next = organisation.parentId;
  }
  return top;
}
