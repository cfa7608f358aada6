import { randomUUID } from 'node:crypto';
import type { BetterAuthPlugin, DBAdapter, DBTransactionAdapter, Where } from 'better-auth';
import type { Operations } from '#schema/operations/connect.ts';
import { secondStepPlace, writeSecret, type Keyring } from '#schema/operations/sealed-values.ts';

/** As the library names the table of second steps: by itself, and as it was told to. */
const models: readonly string[] = ['twoFactor', 'twoFactors'];
/** What of it is secret. */
const columns = { secret: 'secret', backupCodes: 'backup_codes' } as const;
const fields = Object.keys(columns) as (keyof typeof columns)[];

type Row = Record<string, unknown>;

/**
 * Seals what the library keeps of second steps on its way into the store, and opens it on its way out. What it encrypts with
 * the secret of sessions is sealed as it is: whoever has one of the two keys and the store has nothing yet.
 */
export function sealedSecondStep(operations: Operations, keyring: Keyring): BetterAuthPlugin {
  return {
    id: 'sealed-second-step',
    init: ({ adapter }) => ({ context: { adapter: sealedAdapter(adapter, operations, keyring) } }),
  };
}

function sealedAdapter(inner: DBAdapter, operations: Operations, keyring: Keyring): DBAdapter {
  return {
    ...sealedTransaction(inner, operations, keyring),
    transaction: (work) => inner.transaction((each) => work(sealedTransaction(each, operations, keyring))),
  };
}

function sealedTransaction(
  inner: DBTransactionAdapter,
  operations: Operations,
  keyring: Keyring,
): DBTransactionAdapter {
  const sealed = async (row: Row, id: string): Promise<Row> => {
    const result = { ...row };
    for (const field of fields) {
      const value = row[field];
      if (typeof value === 'string')
        result[field] = await keyring.seal(secondStepPlace(columns[field], id), value);
    }
    return result;
  };
  const opened = <Result>(row: Result): Result => {
    if (row === null || typeof row !== 'object') return row;
    const result: Row = { ...(row as Row) };
    for (const field of fields) {
      const value = result[field];
      if (typeof value === 'string')
        result[field] = keyring.unseal(secondStepPlace(columns[field], String(result['id'])), value);
    }
    return result as Result;
  };
  /** The row's id, and the conditions by which it is found as it is stored: a value that is compared is sealed there. */
  const stored = async (where: Where[]): Promise<{ id: string; where: Where[] } | null> => {
    const plain = where.filter(({ field }) => !Object.hasOwn(columns, field));
    const row = await inner.findOne<Row>({ model: 'twoFactors', where: plain });
    if (!row) return null;
    const open = opened(row);
    const isSame = where.every(({ field, value }) => !Object.hasOwn(columns, field) || open[field] === value);
    if (!isSame) return null;
    const found = where.map((each) =>
      Object.hasOwn(columns, each.field) ? { ...each, value: row[each.field] as string } : each,
    );
    return { id: String(row['id']), where: found };
  };
  return {
    ...inner,
    create: async (asked) => {
      if (!models.includes(asked.model)) return await inner.create(asked);
      return await writeSecret(operations, async () => {
        // Named here, since a value is sealed for its row.
        const id = randomUUID();
        const data = { ...(await sealed(asked.data, id)), id } as unknown as typeof asked.data;
        return opened(await inner.create({ ...asked, data, forceAllowId: true }));
      });
    },
    findOne: async (asked) => {
      const found = await inner.findOne(asked);
      return models.includes(asked.model) ? opened(found as never) : (found as never);
    },
    findMany: async (asked) => {
      const found = await inner.findMany(asked);
      return (models.includes(asked.model) ? found.map((row) => opened(row)) : found) as never;
    },
    update: async (asked) => {
      if (!models.includes(asked.model)) return await inner.update(asked);
      return await writeSecret(operations, async () => {
        const found = await stored(asked.where);
        if (!found) return null;
        const update = await sealed(asked.update, found.id);
        return opened(await inner.update({ ...asked, where: found.where, update })) as never;
      });
    },
    incrementOne: async (asked) => {
      if (!models.includes(asked.model)) return await inner.incrementOne(asked);
      return await writeSecret(operations, async () => {
        const found = await stored(asked.where);
        if (!found) return null;
        const set = await sealed(asked.set ?? {}, found.id);
        return opened(await inner.incrementOne({ ...asked, where: found.where, set })) as never;
      });
    },
  };
}
