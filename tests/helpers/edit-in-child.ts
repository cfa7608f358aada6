import { createInterface } from 'node:readline';
import pino from 'pino';
import {
  parseGrowthTarget,
  replaceGrowthTarget,
  TargetChanged,
} from '../../dashboard/src/lib/server/growth-target.ts';
import { EditRefused } from '../../register/edits.ts';
import { applyImport, planImport } from '../../register/import.ts';
import { closePage, registerPage, replacePage } from '../../register/page-edits.ts';
import { agreePause, endPause } from '../../register/pauses.ts';
import { appointResponsible, changePerson } from '../../register/people.ts';
import { recordReminder } from '../../register/reminders.ts';
import { undoEdit } from '../../register/undo.ts';
import { connectOperations } from '../../schema/operations/connect.ts';

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
const by = { who: 'dashboard', now: new Date('2026-07-02T03:00:00Z') };

/** What may be edited, by what the dashboard calls it. */
export interface Edits {
  pause: Parameters<typeof agreePause>[1];
  resume: Parameters<typeof endPause>[1];
  remind: Parameters<typeof recordReminder>[1];
  appoint: Parameters<typeof appointResponsible>[1];
  contacts: Parameters<typeof changePerson>[1];
  add: Parameters<typeof registerPage>[1];
  replace: Parameters<typeof replacePage>[1];
  close: number;
  undo: number;
  target: { shown: string; target: string };
  import: string;
}

const edits: { [Edit in keyof Edits]: (given: Edits[Edit]) => Promise<unknown> } = {
  pause: async (given) => await agreePause(operations, given, by),
  resume: async (given) => await endPause(operations, given, by),
  remind: async (given) => await recordReminder(operations, given, by),
  appoint: async (given) => await appointResponsible(operations, given, by),
  contacts: async (given) => await changePerson(operations, given, by),
  add: async (given) => await registerPage(operations, given, by),
  replace: async (given) => await replacePage(operations, given, by),
  close: async (given) => await closePage(operations, given, by),
  undo: async (given) => (await undoEdit(operations, given, by)).id,
  target: async ({ shown, target }) =>
    await replaceGrowthTarget(
      operations,
      { shown: parseGrowthTarget(shown), next: () => parseGrowthTarget(target) ?? null },
      by,
    ),
  import: async (text) => {
    const file = { name: 'register.csv', content: Buffer.from(text) };
    const plan = await planImport(operations, file, { today: '2026-07-02', skipBad: false });
    const { changes } = await applyImport(operations, plan, by);
    return changes.filter(({ kind }) => kind !== 'unchanged').length;
  },
};

async function answer<Edit extends keyof Edits>(edit: Edit, given: Edits[Edit]): Promise<object> {
  try {
    return { done: await edits[edit](given) };
  } catch (error) {
    if (error instanceof EditRefused) return { refused: error.problems.map(({ code }) => code).join() };
    if (error instanceof TargetChanged) return { refused: 'changed' };
    return { failed: String(error) };
  }
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { edit, given } = JSON.parse(line) as { edit: keyof Edits; given: never };
  process.stdout.write(`${JSON.stringify(await answer(edit, given))}\n`);
}
await operations.close();
