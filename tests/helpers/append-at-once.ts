import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pino from 'pino';
import { expect } from 'vitest';
import { connectOperations } from '#schema/operations/connect.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { listJournal } from '#schema/operations/journal.ts';

const log = pino({ level: 'silent' });

/** Two processes append to one journal at once; nothing is lost, and it is one chain. */
export async function appendAtOnce(store: object): Promise<void> {
  const operations = await connectOperations({ ...store, log });
  await operations.migrate();
  const modules = ['connect', 'journal'].map(
    (name) => new URL(`../../schema/operations/${name}.ts`, import.meta.url).href,
  );
  const script = (who: string) => `
    const { connectOperations } = await import(${JSON.stringify(modules[0])});
    const { appendJournal } = await import(${JSON.stringify(modules[1])});
    const log = { info() {}, warn() {} };
    const operations = await connectOperations({ ...${JSON.stringify(store)}, log });
    for (let count = 0; count < 60; count += 1) {
      const entry = { at: new Date(0), who: ${JSON.stringify(who)}, what: 'page.closed', subject: 'page:1', before: null, after: count };
      await appendJournal(operations, [entry, { ...entry, what: 'reminder.added', after: { note: 'ё' } }]);
    }
    await operations.close();`;
  const run = promisify(execFile);
  await Promise.all(
    ['one@example.org', 'other'].map((who) =>
      run(process.execPath, ['--input-type=module', '--eval', script(who)]),
    ),
  );
  expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 240 });
  for (const who of ['one@example.org', 'other']) {
    const own = (await listJournal(operations, { what: ['page.closed'], limit: 500 })).filter(
      (entry) => entry.who === who,
    );
    expect(own.map(({ after }) => after).reverse()).toEqual(Array.from({ length: 60 }, (_, index) => index));
  }
  await operations.close();
}
