import type { Api } from 'telegram';
import { inTurn } from '../../queue.ts';
import { createAccount, dayOf } from './account.ts';
import type { AccountSettings } from './account.ts';
import type { Call, Key } from './calls.ts';
import { historyMethod, resolveUsername } from './calls.ts';
import type { Choice, ChooserSettings, KnownPage, Member, Tried } from './chooser.ts';
import { createChooser } from './chooser.ts';
import type { EntityStore } from './entities.ts';
import { createKnownChannels } from './entities.ts';
import { BrokenAnswer, TelegramFailure, isOfAccount } from './errors.ts';
import type { Channel, NamedThing } from './map-channel.ts';
import { mapResolvedPeer } from './map-channel.ts';

export interface PoolSettings extends AccountSettings, ChooserSettings {
  /** `TELEGRAM_SESSIONS`. */
  sessions: readonly string[];
  entities: EntityStore;
}

/** Several accounts as one: each has keys of its own to the channels, and names that it may look up. */
export interface Pool {
  readonly size: number;
  /** What a name leads to, by whichever account may look it up. Throws `TelegramFailure`. */
  resolve(name: string, signal?: AbortSignal): Promise<NamedThing>;
  /**
   * A call on a channel, by an account that has its key, or finds it by its name and compares the id. Throws
   * `TelegramFailure`; of `taken_over` the cause says both ids.
   */
  read<Request extends Api.AnyRequest>(
    page: KnownPage,
    method: string,
    make: (key: Key) => Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']>;
  /** Histories asked for today, by all accounts. */
  used(): Promise<number>;
  /** Somebody begins to read; what is given back ends it, and the connections with the last one. */
  enter(): () => Promise<void>;
}

/** Makes the pool. Opens no connection before the first call. */
export function createPool(settings: PoolSettings): Pool {
  const { clock, quotas } = settings;
  const members: Member[] = settings.sessions.map((secret, index) => {
    const account = createAccount(secret, index + 1, settings);
    return { account, known: createKnownChannels(account.fingerprint, settings.entities), chosen: 0 };
  });
  const chooser = createChooser(members, settings);
  let readers = 0;

  /** One name after the other, so that none is looked up beyond the bound. */
  async function lookUp(
    { member, release }: Choice,
    name: string,
    signal?: AbortSignal,
  ): Promise<NamedThing> {
    try {
      const answer = await inTurn(member, async () => {
        await chooser.mayLookUp(member);
        return await member.account.call(resolveUsername(name), signal);
      });
      return mapResolvedPeer(answer);
    } catch (error) {
      if (!(error instanceof TelegramFailure) || error.kind !== 'free_name') throw error;
      const { kind, word } = error;
      throw new TelegramFailure(kind, `${error.message}: ${name}`, { word });
    } finally {
      release();
    }
  }

  async function keep({ known }: Member, channel: Channel): Promise<Key> {
    const { nativeId, name } = channel;
    // Without a key in the answer there is no better one than none: Telegram refuses it where one is wanted.
    const accessHash = channel.accessHash ?? '0';
    await known.keep({ channelId: nativeId, accessHash, name }, clock.now());
    return { channelId: nativeId, accessHash };
  }

  /** The key to a page's channel, by its name; only when the name still leads to it. */
  async function findKey(choice: Choice, page: KnownPage, signal?: AbortSignal): Promise<Key> {
    const { nativeId, name } = page;
    if (name === null) {
      throw new TelegramFailure('free_name', `telegram: the channel ${nativeId} is gone, and it has no name`);
    }
    const thing = await lookUp(choice, name, signal);
    const other = 'other' in thing ? thing.other : thing.channel.nativeId;
    if ('channel' in thing && other === nativeId) return await keep(choice.member, thing.channel);
    throw takenOver(page, thing);
  }

  async function callWithKey<Request extends Api.AnyRequest>(
    choice: Choice,
    page: KnownPage,
    make: (key: Key) => Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    const { account, known } = choice.member;
    const kept = await known.get(page.nativeId);
    try {
      return await account.call(make(kept ?? (await findKey(choice, page, signal))), signal);
    } catch (error) {
      if (!(error instanceof TelegramFailure) || error.kind !== 'unknown_channel' || !kept) throw error;
    }
    return await account.call(make(await findKey(choice, page, signal)), signal);
  }

  /** By one account after the other, as long as it is the account that fails. */
  async function byAny<Result>(
    choose: (tried: Tried) => Promise<Choice>,
    work: (choice: Choice) => Promise<Result>,
  ): Promise<Result> {
    const tried = new Map<Member, TelegramFailure>();
    for (;;) {
      const choice = await choose(tried);
      try {
        return await work(choice);
      } catch (error) {
        if (error instanceof BrokenAnswer) throw new TelegramFailure('unknown', `broken: ${error.message}`);
        if (!(error instanceof TelegramFailure) || !isOfAccount(error)) throw error;
        tried.set(choice.member, error);
      } finally {
        choice.release();
      }
    }
  }

  return {
    size: members.length,
    resolve: async (name, signal) =>
      await byAny(chooser.forName, async (choice) => {
        const thing = await lookUp(choice, name, signal);
        if ('channel' in thing) await keep(choice.member, thing.channel);
        return thing;
      }),
    read: async (page, method, make, signal) =>
      await byAny(
        (tried) => chooser.forPage(page, method, tried),
        (choice) => callWithKey(choice, page, make, signal),
      ),
    used: async () => {
      let calls = 0;
      for (const { account } of members) {
        calls += await quotas.used(account.fingerprint, historyMethod, dayOf(clock.now()));
      }
      return calls;
    },
    enter: () => {
      readers += 1;
      let left = false;
      return async () => {
        if (left) return;
        left = true;
        readers -= 1;
        if (readers === 0) await Promise.all(members.map(({ account }) => account.rest()));
      };
    },
  };
}

/** A name that leads to somebody else's channel, or to no channel at all. */
export function takenOver({ nativeId, name }: KnownPage, thing: NamedThing): TelegramFailure {
  const to = 'other' in thing ? thing.other : `the channel ${thing.channel.nativeId}`;
  return new TelegramFailure(
    'taken_over',
    `telegram: the name ${name ?? ''} leads to ${to} now, the page was the channel ${nativeId}`,
  );
}
