import { error as refuse, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findAccounts } from '#accounts/stored-account.ts';
import { addDays } from '#domain/period.ts';
import { isWithdrawn } from '#domain/personal-data.ts';
import { EditRefused, type EditProblem } from '#register/edits/problems.ts';
import type { EditProblemCode } from '#register/edits/registry.ts';
import { listPeopleToErase } from '#register/personal-data/due.ts';
import { keepPerson } from '#register/personal-data/keep-person.ts';
import { findPeople } from '#register/personal-data/stored-person.ts';
import { listFormerPeople, listPeople } from '#schema/operations/people.ts';
import { id } from '#lib/search-parameters.ts';
import { managingActor } from '#lib/server/account-actions.ts';
import { readForm, textsOf } from '#lib/server/form.ts';
import { today } from '#lib/server/periods.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How many days before their erasure people are listed. */
const listedDays = 30;

export const load: PageServerLoad = async ({ url }) => {
  const { operations, settings } = useServices();
  const people = await listPeople(operations);
  const due = await listPeopleToErase(operations, {
    until: addDays(today(), listedDays),
    zone: settings.zone,
  });
  const withdrawn = [...people, ...(await listFormerPeople(operations))].filter(isWithdrawn);
  return {
    people: people.length,
    withoutBasis: people.filter(({ basis }) => basis === '').length,
    withdrawn: withdrawn.map((person) => ({
      ...{ id: person.id, name: person.name, on: person.processingWithdrawn },
    })),
    due: due.map(({ person, endedOn, on }) => ({ id: person.id, name: person.name, endedOn, on })),
    today: today(),
    done: url.searchParams.get('done'),
    openId: id.read(url.searchParams.get('keep')),
  };
};

/** Who sends a form of this page, and its texts. */
async function sentBy(event: RequestEvent) {
  const actor =
    managingActor(event, 'personal_data.manage') ?? refuse(403, 'Ask the administrator for access.');
  return { actor, texts: textsOf(await readForm(event.request)) };
}

export const actions: Actions = {
  // A name in an address would stand in the logs of whatever is in between: it is searched for by a form.
  find: async (event) => {
    const { texts } = await sentBy(event);
    const { operations } = useServices();
    const text = (texts['text']?.[0] ?? '').slice(0, 200);
    event.setHeaders({ 'cache-control': 'no-store' });
    const [people, found] = [await findPeople(operations, text), await findAccounts({ operations }, text)];
    return { action: 'find' as const, text, people, accounts: found };
  },
  keep: async (event) => {
    const { actor, texts } = await sentBy(event);
    const { operations, analytics, settings } = useServices();
    const sent = (name: string): string => texts[name]?.[0] ?? '';
    try {
      await keepPerson(
        operations,
        {
          ...{ person: id.read(sent('person')) ?? 0, basis: sent('basis') },
          ...{ proof: sent('proof'), basisOn: sent('basisOn') },
        },
        {
          ...{ who: actor.who, address: actor.address ?? '', zone: settings.zone },
          ...{ now: analytics.clock.now(), today: today() },
        },
      );
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error;
      // The edit of contacts throws no other codes.
      const problems = error.problems as readonly EditProblem<EditProblemCode>[];
      return fail(400, { action: 'keep' as const, problems, values: texts });
    }
    redirect(303, '/settings/personal-data?done=kept');
  },
};
