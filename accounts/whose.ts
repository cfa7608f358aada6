import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import {
  endWithoutPart,
  getPerson,
  listFormerPeople,
  listPeople,
  savePerson,
  takeBackPerson,
} from '#schema/operations/people.ts';
import { accountEmail, findUserOfPerson, getUser, setUserPerson } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount, type AccountActor } from './actor.ts';
import { AccountRefused } from './problems.ts';
import { mayChange } from './roles.ts';
import { readNumber } from './where.ts';

const plain = (text: string): string => text.trim().replace(/\s+/gu, ' ').toLowerCase();

/**
 * The person of the register whom an account is to belong to, as they were entered: by name, e-mail address or number («№ 12»,
 * also behind the name); `null` when nobody was. Rejects with `AccountRefused`.
 */
export async function readPerson(operations: Operations, entered: string): Promise<number | null> {
  const text = plain(entered);
  if (text === '') return null;
  const people = await listPeople(operations);
  const number = readNumber(text);
  const [found, another] = people.filter(({ id, name, email }) =>
    number === null ? plain(name) === text || plain(email) === text : id === number,
  );
  if (!found) throw new AccountRefused('person_unknown');
  if (another) throw new AccountRefused('person_ambiguous');
  if (await findUserOfPerson(operations, found.id)) throw new AccountRefused('person_taken');
  return found.id;
}

/** Somebody who gets an account. */
export interface NewHolder {
  name: string;
  email: string;
  /** The person of the register who was chosen; `null` when nobody was. */
  chosen: number | null;
}

/**
 * The person of the register whose account it becomes: who was chosen, if they are still there without another account; or the
 * one person who has that e-mail address; or somebody new, without a part in any organisation. To be asked within a transaction.
 */
export async function personOfNewAccount(
  inside: Operations,
  { name, email, chosen }: NewHolder,
): Promise<number> {
  const isFree = async (id: number): Promise<boolean> => (await findUserOfPerson(inside, id)) === null;
  if (chosen !== null && (await getPerson(inside, chosen)) && (await isFree(chosen))) {
    await takeBackPerson(inside, chosen);
    return chosen;
  }
  const all = [...(await listPeople(inside)), ...(await listFormerPeople(inside))];
  const [known, another] = all.filter((person) => accountEmail(person.email) === email);
  if (known && !another && (await isFree(known.id))) {
    await takeBackPerson(inside, known.id);
    return known.id;
  }
  return (await savePerson(inside, { name, email, phone: '' })).id;
}

/** Says which person of the register an account belongs to. Rejects with `AccountRefused`. */
export async function tieAccount(
  accounts: Accounts,
  { userId, registered }: { userId: string; registered: string },
  actor: AccountActor,
): Promise<void> {
  await mayChange(accounts, userId, actor);
  const now = accounts.clock.now();
  await editInTurn(accounts.operations, async (inside) => {
    const before = (await getUser(inside, userId))?.personId ?? null;
    const personId = await readPerson(inside, registered);
    if (personId === null) throw new AccountRefused('person_unknown');
    await setUserPerson(inside, userId, personId, now);
    if (before !== null) await endWithoutPart(inside, before, now);
    await journalAccount(inside, now, {
      who: actor.who,
      address: actor.address,
      what: 'account.tied',
      userId,
      after: { personId },
    });
  });
}
