import type { TelegramEntity } from '#schema/operations/telegram-entities.ts';

/** Where the keys to channels are kept, which hold for one account each: a session itself remembers none. */
export interface EntityStore {
  list(account: string): Promise<readonly TelegramEntity[]>;
  save(entity: TelegramEntity, now: Date): Promise<void>;
}

/** A store for one process's life, for tests and for looks that are not recorded. */
export function createMemoryEntityStore(): EntityStore {
  const entities: TelegramEntity[] = [];
  return {
    list: async (account) => entities.filter((entity) => entity.account === account),
    save: async (entity) => {
      const place = entities.findIndex(
        (each) => each.account === entity.account && each.channelId === entity.channelId,
      );
      entities.splice(place < 0 ? entities.length : place, 1, entity);
    },
  };
}

/** The keys of one account, read from the store once. */
export interface KnownChannels {
  get(channelId: number): Promise<TelegramEntity | null>;
  keep(entity: Omit<TelegramEntity, 'account'>, now: Date): Promise<void>;
}

/** The channels an account knows. */
export function createKnownChannels(account: string, store: EntityStore): KnownChannels {
  let known: Map<number, TelegramEntity> | null = null;
  const load = async (): Promise<Map<number, TelegramEntity>> => {
    const listed = known ?? new Map((await store.list(account)).map((each) => [each.channelId, each]));
    known ??= listed;
    return known;
  };
  return {
    get: async (channelId) => (await load()).get(channelId) ?? null,
    keep: async (entity, now) => {
      const whole = { account, ...entity };
      (await load()).set(entity.channelId, whole);
      await store.save(whole, now);
    },
  };
}
