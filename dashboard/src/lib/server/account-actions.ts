import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { AccountActor } from '#accounts/actor.ts';
import { accountProblemsOf } from '#accounts/problems.ts';
import type { AccountRefusal } from '../accounts/labels.ts';
import { readForm, textsOf } from './form.ts';

/** Never shown again: what a person types of these is typed anew. */
const secrets = new Set(['password', 'current']);

/** What a form has sent: of each name the first text, '' without one. */
export type Sent = (name: string) => string;

/**
 * Does what a form about accounts was sent for. What is refused comes back to the form with what had been entered, without
 * passwords; anything else that goes wrong is a fault.
 */
export async function accountAction<Result>(
  { request }: RequestEvent,
  action: string,
  work: (sent: Sent) => Promise<Result>,
): Promise<Result | ActionFailure<AccountRefusal>> {
  const texts = textsOf(await readForm(request));
  try {
    return await work((name) => texts[name]?.[0] ?? '');
  } catch (error) {
    const codes = accountProblemsOf(error);
    if (!codes) throw error;
    const values = Object.fromEntries(
      Object.entries(texts).flatMap(([name, [text = '']]) => (secrets.has(name) ? [] : [[name, text]])),
    );
    return fail(400, { action, codes, values });
  }
}

/** Who acts on accounts; `null` for who may not. */
export function accountActor(event: RequestEvent): AccountActor | null {
  const { reader } = event.locals;
  const { account } = reader;
  if (!account || !reader.may('accounts.manage')) return null;
  return { who: account.user.email, roles: account.roles, address: event.getClientAddress() };
}
