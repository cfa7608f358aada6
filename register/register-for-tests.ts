import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import type { Actor } from './edits/actor.ts';
import { applyImport, planImport, type ImportPlan } from './import.ts';

/** A register of one's own for a test, in a directory that goes with it. */
export interface TestRegister {
  operations: Operations;
  /** Plans an import of a CSV text on 1 July 2026. */
  plan(text: string, options?: { skipBad?: boolean; today?: string }): Promise<ImportPlan>;
  /** Plans and applies it. */
  import(text: string, options?: { skipBad?: boolean; today?: string }): Promise<ImportPlan>;
  close(): Promise<void>;
}

export const importTime = new Date('2026-07-01T04:00:00Z');

/** Who edits the register of a test, the day after it was imported. */
export const testActor: Actor = {
  who: 'dashboard',
  now: new Date('2026-07-02T03:00:00Z'),
  today: '2026-07-02',
};

/** How a test's store is opened: SQLite unless said otherwise. */
export type StoreOpener = () => Promise<Pick<TestRegister, 'operations' | 'close'>>;

const openSqlite: StoreOpener = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-register-'));
  const operations = await connectOperations({ dataDirectory: directory, log: pino({ level: 'silent' }) });
  return {
    operations,
    close: async () => {
      await operations.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export async function openTestRegister(openStore: StoreOpener = openSqlite): Promise<TestRegister> {
  const { operations, close } = await openStore();
  await operations.migrate();
  const plan: TestRegister['plan'] = async (text, { skipBad = false, today = '2026-07-01' } = {}) =>
    await planImport(operations, { name: 'register.csv', content: Buffer.from(text) }, { today, skipBad });
  return {
    operations,
    plan,
    import: async (text, options) =>
      await applyImport(operations, await plan(text, options), { who: 'test', now: importTime }),
    close,
  };
}
