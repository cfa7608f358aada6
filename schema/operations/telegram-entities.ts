import { storedInstant } from './instants.ts';
import type { Operations } from './connect.ts';

/** How an account of Telegram reaches a channel without resolving its name again. */
export interface TelegramEntity {
  /** Fingerprint of the account. */
  account: string;
  /** Positive native id. */
  channelId: number;
  /** A signed 64-bit number as text; it holds for this account only. */
  accessHash: string;
  /** The name it was resolved by, without `@`; `null` when not known. */
  name: string | null;
}

/** All channels that an account knows. */
export async function listTelegramEntities(
  operations: Operations,
  account: string,
): Promise<TelegramEntity[]> {
  return await operations.db
    .selectFrom('telegramEntities')
    .select(['account', 'channelId', 'accessHash', 'name'])
    .where('account', '=', account)
    .orderBy('channelId')
    .execute();
}

/** Keeps what an account was told; what it was told before of the same channel is replaced. */
export async function saveTelegramEntity(
  operations: Operations,
  entity: TelegramEntity,
  now: Date,
): Promise<void> {
  const row = { ...entity, learntAt: storedInstant(now) };
  await operations.db
    .insertInto('telegramEntities')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'channelId'])
        .doUpdateSet({ accessHash: row.accessHash, name: row.name, learntAt: row.learntAt }),
    )
    .execute();
}
