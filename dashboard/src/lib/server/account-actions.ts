import { error as refuse, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { AccountActor } from '#accounts/actor.ts';
import type { Permission } from '#accounts/permissions.ts';
import { accountProblemsOf, AccountRefused } from '#accounts/problems.ts';
import { endOfDay } from '#domain/period.ts';
import { day as dayCodec } from '#lib/search-parameters.ts';
import type { AccountRefusal } from '../accounts/labels.ts';
import { readForm, textsOf } from './form.ts';
import { today } from './periods.ts';
import { useServices } from './services.ts';

/** Never shown again: what a person types of these is typed anew. */
const secrets = new Set(['password', 'current']);

/** What a form has sent: of each name the first text, '' without one. */
export type Sent = (name: string) => string;

/**
 * Does what a form about accounts was sent for. What is refused comes back to the form with what had been entered, without
 * passwords; anything else that goes wrong is a fault.
 */
export async function accountAction<Result>(
  { request, locals }: RequestEvent,
  action: string,
  work: (sent: Sent) => Promise<Result>,
): Promise<Result | ActionFailure<AccountRefusal>> {
  const texts = textsOf(await readForm(request));
  try {
    const result = await work((name) => texts[name]?.[0] ?? '');
    locals.isFormDone = true;
    return result;
  } catch (error) {
    const codes = accountProblemsOf(error);
    if (!codes) throw error;
    const values = Object.fromEntries(
      Object.entries(texts).flatMap(([name, [text = '']]) => (secrets.has(name) ? [] : [[name, text]])),
    );
    return fail(400, { action, codes, values });
  }
}

/** Somebody who manages accounts, and their own. */
export interface ManagingActor extends AccountActor {
  userId: string;
  /** The address by which they reach the dashboard: others do by the same. */
  origin: string;
}

/** Who manages something, and sends a form about it; `null` when they may not. */
export function managingActor(event: RequestEvent, permission: Permission): ManagingActor | null {
  const { reader } = event.locals;
  const { account } = reader;
  if (!account || !reader.may(permission)) return null;
  return {
    who: account.user.email,
    roles: account.roles,
    address: event.getClientAddress(),
    userId: account.user.id,
    origin: event.url.origin,
  };
}

/** What came of an action that leads nowhere: why nothing was done, or what is told once and stands in no address. */
export type Told = AccountRefusal & { told?: string };

/**
 * Makes the actions of a page on which accounts, or what they lend, are managed: who may (`permission`), does it, and is led back to the page with the word for
 * what was done; or is told a secret in the answer alone, which no browser keeps.
 */
export const managingActions =
  (page: string, permission: Permission = 'accounts.manage') =>
  (name: string, work: (sent: Sent, actor: ManagingActor) => Promise<string | { told: string }>) =>
  async (event: RequestEvent): Promise<Told | ActionFailure<Told>> =>
    await accountAction(event, name, async (sent): Promise<Told> => {
      const actor = managingActor(event, permission) ?? refuse(403, 'Ask the administrator for access.');
      const done = await work(sent, actor);
      if (typeof done === 'string') redirect(303, `${page}?done=${done}`);
      event.setHeaders({ 'cache-control': 'no-store' });
      return { action: name, codes: [], values: {}, told: done.told };
    });

/** The instant after a day that was entered; `null` without one. Throws `AccountRefused` for one that is none or has passed. */
export function endOfEnteredDay(entered: string): Date | null {
  const text = entered.trim();
  if (text === '') return null;
  const day = dayCodec.read(text);
  if (day === null || day < today()) throw new AccountRefused('day_wrong');
  return endOfDay(day, useServices().settings.zone);
}
