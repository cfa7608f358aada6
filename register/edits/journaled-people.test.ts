import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { getJournalEntry } from '#schema/operations/journal.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listPauses } from '#schema/operations/pauses.ts';
import { listPeople } from '#schema/operations/people.ts';
import { openTestRegister, testActor, type TestRegister } from '../register-for-tests.ts';
import { EditRefused } from './problems.ts';
import { readRecentEdits } from './recent-edits.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { editKind, editNames, type EditName } from './registry.ts';
import { revertEdit } from './revert-edit.ts';

const actor = { ...testActor, who: 'login-marked@example.org', address: '198.51.100.77' };
/** Whatever is personal in this file has one of these in it. */
const marked = /marked|Помеченн|198\.51|000-00/u;
const csv = (phone: string) =>
  [
    'organisation,vk,chair,chair_email,chair_phone,responsible,email,phone',
    `А,club5,Помеченный Олег,chair-marked@example.org,+7 000 000-00-02,Помеченная Анна,marked@example.org,${phone}`,
    'Б,club6,,,,,,',
  ].join('\n');

let register: TestRegister;
let operations: Operations;
beforeAll(async () => {
  register = await openTestRegister();
  ({ operations } = register);
});
afterAll(async () => {
  await register.close();
});
beforeEach(async () => {
  await register.import(csv('+7 000 000-00-01'));
});

const make = async (name: EditName, given: object) =>
  await editKind(name).make(operations, given as Record<string, unknown>, actor);

/** Of whom and what edits are made: the first of each kind there is. */
async function subjects() {
  const organisation = (await listOrganisations(operations)).find(({ name }) => name === 'А')?.id ?? 0;
  const person = (await listPeople(operations)).find(({ name }) => name.startsWith('Помеченн'))?.id ?? 0;
  const page = (await listPages(operations, { organisationId: organisation }))[0]?.id ?? 0;
  const pause = (await listPauses(operations, organisation))[0]?.id ?? 0;
  return { organisation, person, page, pause };
}

const contacts = (number: number) => ({
  name: `Помеченная ${number}`,
  email: `marked${number}@example.org`,
  phone: `+7 000 000-00-${10 + number}`,
});

type Subjects = Awaited<ReturnType<typeof subjects>>;

/** How an edit of each kind is made; a new kind has to be written here. */
const examples: Record<EditName, (about: Subjects, number: number) => object> = {
  remind: ({ person, page }, number) => ({
    ...{ person, page: [page], channel: 'phone', note: `Помеченная обещала ${number}` },
  }),
  appoint: ({ organisation }, number) => ({ organisation, ...contacts(number) }),
  contacts: ({ person }, number) => ({ person, ...contacts(number) }),
  pause: ({ organisation }, number) => ({
    ...{ organisation, from: `2026-08-${10 + number}`, to: `2026-08-${10 + number}`, reason: 'отпуск' },
  }),
  resume: ({ organisation, pause }) => ({ organisation, pause }),
  add: ({ organisation }, number) => ({ organisation, link: `vk.com/club${900 + number}` }),
  replace: ({ page }, number) => ({ page, link: `vk.com/club${800 + number}` }),
  close: ({ page }) => ({ page }),
  target: (_, number) => ({ subscribers: String(9000 + number), by: '2026-12-31' }),
  clear: () => ({}),
  naming: (_, number) => ({ naming: 'by_name', decision: `5-${number}`, decided: '2026-06-01' }),
  names: (_, number) => ({ federation_nominative: `Профобъединение ${number}` }),
  public_silent: (_, number) => ({ shown: number % 2 === 0 ? 'yes' : 'no' }),
};

/** Every row of every table that keeps what was done, as one text. */
async function journalText(): Promise<string> {
  const rows = await operations.db.selectFrom('journal').selectAll().execute();
  const revisions = await operations.db.selectFrom('revisions').selectAll().execute();
  return JSON.stringify([rows, revisions], null, 1);
}

test('no row of the journal holds anything personal, whatever kind of edit is made, undone or imported', async () => {
  await register.import(csv('+7 000 000-00-03'));
  // In the order of the registry a pause is agreed before it is ended, and a page added before others are closed.
  for (const [index, name] of editNames.entries()) {
    const id = await make(name, examples[name](await subjects(), index));
    const said = await getJournalEntry(operations, id);
    expect([name, said?.who, said?.address]).toEqual([name, actor.who, actor.address]);
    await revertEdit(operations, id, actor);
    await make(name, examples[name](await subjects(), index + 9));
  }
  expect((await journalText()).split('\n').filter((line) => marked.test(line))).toEqual([]);
  const beside = await operations.db.selectFrom('journalValues').select('path').execute();
  const paths = ['after/chair_email', 'after/responsible', 'after/0/phone', 'after/note', 'who', 'address'];
  expect(beside.map(({ path }) => path)).toEqual(expect.arrayContaining(paths));
  expect(await verifyJournal(operations)).toMatchObject({ isWhole: true });
});

test('what was done with a person who is erased is told without them, and cannot be undone', async () => {
  const about = await subjects();
  const personal = ['remind', 'contacts', 'appoint'] as const;
  const ids: number[] = [];
  for (const name of personal) ids.push(await make(name, examples[name](about, 50)));
  const pause = await make('pause', examples.pause(about, 15));
  const erased = await eraseFromJournal(operations, {
    personId: about.person,
    by: { at: actor.now, who: 'test' },
  });
  expect(erased).toBeGreaterThan(0);
  const { byId } = await readRecentEdits(operations, { limit: 0, ids: [...ids, pause] });
  const told = ids.map((id) => byId.get(id));
  expect(told.map((edit) => [edit?.isErased, edit?.isUndone])).toEqual(personal.map(() => [true, false]));
  expect(told[0]?.summary).toMatchObject({ kind: 'remind', person: '', organisations: ['А'] });
  expect(told[1]?.summary).toMatchObject({ kind: 'contacts', after: { name: '' } });
  expect(byId.get(pause)?.isErased).toBe(false);
  for (const id of ids) {
    const problems = await problemsOfRefused(revertEdit(operations, id, actor));
    expect(problems).toMatchObject([{ code: 'data_erased', field: null }]);
  }
  await revertEdit(operations, pause, actor);
  expect(await verifyJournal(operations)).toMatchObject({ isWhole: true });
});

test('whatever is done and undone, the chain holds, and nothing personal is in it', async () => {
  const step = fc.record({
    name: fc.constantFrom(...editNames),
    number: fc.nat(9),
    undoes: fc.option(fc.nat(5)),
    erases: fc.nat(9),
  });
  let edits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const made: number[] = [];
      for (const { name, number, undoes, erases } of steps) {
        const about = await subjects();
        const edit = async () => {
          const undone = undoes === null ? undefined : made.at(-1 - undoes);
          if (undone !== undefined) await revertEdit(operations, undone, actor);
          else if (erases === 0)
            await eraseFromJournal(operations, { personId: about.person, by: { ...actor, at: actor.now } });
          else made.push(await make(name, examples[name](about, number)));
        };
        // An edit that is refused leaves nothing.
        await edit().then(
          () => (edits += 1),
          (error: unknown) => {
            if (!(error instanceof EditRefused)) throw error;
          },
        );
        expect(await verifyJournal(operations)).toMatchObject({ isWhole: true });
      }
      expect(await journalText()).not.toMatch(marked);
    }),
    { numRuns: 15, seed: 11 },
  );
  expect(edits).toBeGreaterThan(30);
});
