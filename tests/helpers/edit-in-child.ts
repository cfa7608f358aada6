import { createInterface } from 'node:readline';
import pino from 'pino';
import { EditRefused } from '#register/edits/problems.ts';
import { editKind, type EditName } from '#register/edits/registry.ts';
import { revertEdit } from '#register/edits/revert-edit.ts';
import { applyImport, planImport } from '#register/import.ts';
import { testActor } from '#register/register-for-tests.ts';
import { connectOperations } from '#schema/operations/connect.ts';

/*
 * A process that edits the register as it is told: node edit-in-child.ts <directory or address>. Each line of its input is
 * `{ "edit", "given" }`, each line of its output what became of it: `{ "done" }`, `{ "refused" }` or `{ "failed" }`.
 */

const [store = ''] = process.argv.slice(2);
const operations = await connectOperations({
  ...(store.startsWith('postgres') ? { url: store } : { dataDirectory: store }),
  poolSize: 2,
  log: pino({ level: 'silent' }),
});

/** What a kind of edit is given, by the names of its fields. */
type Given = Readonly<Record<string, unknown>>;

/** What may be edited, by what the dashboard calls it. */
export type Edits = Record<EditName, Given> & { undo: number; import: string };

async function edit(name: keyof Edits, given: unknown): Promise<unknown> {
  if (name === 'undo') return (await revertEdit(operations, given as number, testActor)).name;
  if (name !== 'import') return await editKind(name).make(operations, given as Given, testActor);
  const file = { name: 'register.csv', content: Buffer.from(given as string) };
  const plan = await planImport(operations, file, { today: '2026-07-02', skipBad: false });
  const { changes } = await applyImport(operations, plan, testActor);
  return changes.filter(({ kind }) => kind !== 'unchanged').length;
}

async function answer(name: keyof Edits, given: unknown): Promise<object> {
  try {
    return { done: await edit(name, given) };
  } catch (error) {
    if (error instanceof EditRefused) return { refused: error.problems.map(({ code }) => code).join() };
    return { failed: String(error) };
  }
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const sent = JSON.parse(line) as { edit: keyof Edits; given: unknown };
  process.stdout.write(`${JSON.stringify(await answer(sent.edit, sent.given))}\n`);
}
await operations.close();
