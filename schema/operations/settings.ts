import { sql } from 'kysely';
import type { Operations } from './connect.ts';
import { addRevision } from './revisions.ts';
import { readStoredJson } from './stored-json.ts';

/** What was set in the dashboard under a key, as JSON holds it; `undefined` when nothing was, or it is damaged. */
export async function getSetting<Value>(operations: Operations, key: string): Promise<Value | undefined> {
  const row = await operations.db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? (readStoredJson(row.value) as Value | undefined) : undefined;
}

/** Whether the store has a place for settings: a new one has none before its first migration. */
export async function hasSettings({ db, dialect }: Operations): Promise<boolean> {
  const { rows } =
    dialect === 'sqlite'
      ? await sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'settings'`.execute(db)
      : await sql`SELECT 1 WHERE to_regclass('settings') IS NOT NULL`.execute(db);
  return rows.length > 0;
}

/** What was set under these keys, in one query; one that was not, or is damaged, is left out. */
export async function getSettings(
  operations: Operations,
  keys: readonly string[],
): Promise<Map<string, unknown>> {
  const rows = await operations.db.selectFrom('settings').selectAll().where('key', 'in', keys).execute();
  return new Map(rows.map(({ key, value }) => [key, readStoredJson(value)]));
}

/** Every setting made, by key. */
export async function listSettings(operations: Operations): Promise<Map<string, unknown>> {
  const rows = await operations.db.selectFrom('settings').selectAll().orderBy('key').execute();
  return new Map(rows.map(({ key, value }) => [key, readStoredJson(value)]));
}

/** Sets a value that JSON can hold; `undefined` takes the setting back. */
export async function setSetting(operations: Operations, key: string, value: unknown): Promise<void> {
  if (value === undefined) {
    await operations.db.deleteFrom('settings').where('key', '=', key).execute();
    return;
  }
  const stored = JSON.stringify(value);
  await operations.db
    .insertInto('settings')
    .values({ key, value: stored })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: stored }))
    .execute();
}

/** Sets a value as somebody who decides it, as a revision of what is set; `undefined` takes the setting back. */
export async function changeSetting(
  operations: Operations,
  setting: { key: string; value: unknown },
  { who, now }: { who: string; now: Date },
): Promise<void> {
  await operations.transaction(async (inside) => {
    await setSetting(inside, setting.key, setting.value);
    await addRevision(inside, now, { stream: 'rules', kind: 'settings', actor: who, summary: setting.key });
  });
}

/** Sets a value that nobody has set yet, and returns what holds now: of two at once both get the first one's. */
export async function keepSetting<Value>(operations: Operations, key: string, value: Value): Promise<Value> {
  await operations.db
    .insertInto('settings')
    .values({ key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return (await getSetting<Value>(operations, key)) ?? value;
}
