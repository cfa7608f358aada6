import type { Api } from 'telegram';
import type { ParkedKey } from '../../source.ts';
import { createAccount, dayOf } from './account.ts';
import type { AccountSettings } from './account.ts';
import type { Call, Key } from './calls.ts';
import { historyMethod } from './calls.ts';
import type { Choice, AccountSelectorSettings, KnownPage, Member } from './account-selector.ts';
import { createAccountSelector } from './account-selector.ts';
import type { EntityStore } from './entities.ts';
import { createKnownChannels } from './entities.ts';
import { TelegramFailure, isOfAccount } from './errors.ts';
import { createFinder } from './finder.ts';
import type { NamedThing } from './map-channel.ts';
import { keysIn } from './map-channel.ts';

export interface PoolSettings extends AccountSettings, AccountSelectorSettings {
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
  /** Whether the channel's key was refused and another found since this was last asked. */
  wasFoundAgain(nativeId: number): boolean;
  /** Histories asked for today, by all accounts. */
  used(): Promise<number>;
  /** Accounts that are laid aside now. */
  parked(): ParkedKey[];
  /** Leave to try what was laid aside because it failed, and to look for channels that could not be found. */
  retry(): void;
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
  const selector = createAccountSelector(members, settings);
  const finder = createFinder(selector, clock);
  /** Channels that were asked for, whose keys are worth keeping wherever they are seen. */
  const wanted = new Set<number>();
  const foundAgain = new Set<number>();
  let readers = 0;

  /** By one account after the other, as long as it is the account that fails, or (`null`) its key to the channel. */
  async function byAny<Result>(
    choose: (tried: Map<Member, TelegramFailure>) => Promise<Choice>,
    work: (choice: Choice) => Promise<{ result: Result } | null>,
  ): Promise<Result> {
    const tried = new Map<Member, TelegramFailure>();
    for (;;) {
      const choice = await choose(tried);
      try {
        const done = await work(choice);
        if (done) return done.result;
      } catch (error) {
        if (!(error instanceof TelegramFailure) || !isOfAccount(error)) throw error;
        tried.set(choice.member, error);
      } finally {
        choice.release();
      }
    }
  }

  /** The keys that an answer shows of channels this account has none of, or one that was refused. */
  async function learn(member: Member, answer: unknown): Promise<void> {
    const { chats } = Object(answer) as { chats?: unknown };
    if (!Array.isArray(chats)) return;
    for (const key of keysIn(chats as Api.TypeChat[])) {
      if (!wanted.has(key.nativeId)) continue;
      const isKnown = !finder.isMissing(key.nativeId) && (await member.known.get(key.nativeId)) !== null;
      if (!isKnown) await finder.keep(member, key);
    }
  }

  async function read<Request extends Api.AnyRequest>(
    page: KnownPage,
    method: string,
    make: (key: Key) => Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    const stale = new Set<Member>();
    wanted.add(page.nativeId);
    return await byAny<Request['__response']>(
      (tried) => selector.forPage(page, method, tried, stale),
      async (choice) => {
        const { member } = choice;
        const kept = stale.has(member) ? null : await member.known.get(page.nativeId);
        try {
          const key = kept ?? (await finder.keyTo(choice, page, signal));
          const answer = await member.account.call(make(key), signal);
          const wasMissing = finder.found(page.nativeId);
          if (wasMissing || (!kept && stale.size > 0)) foundAgain.add(page.nativeId);
          await learn(member, answer);
          return { result: answer };
        } catch (error) {
          if (!kept || !(error instanceof TelegramFailure) || error.kind !== 'unknown_channel') throw error;
          stale.add(member);
          return null;
        }
      },
    );
  }

  return {
    size: members.length,
    resolve: async (name, signal) =>
      await byAny<NamedThing>(selector.forName, async (choice) => {
        const thing = await finder.lookUp(choice, name, signal);
        if ('channel' in thing) await finder.keep(choice.member, thing.channel);
        return { result: thing };
      }),
    read,
    wasFoundAgain: (nativeId) => foundAgain.delete(nativeId),
    used: async () => {
      let calls = 0;
      for (const { account } of members) {
        calls += await quotas.used(account.fingerprint, historyMethod, dayOf(clock.now()));
      }
      return calls;
    },
    parked: () => members.flatMap(({ account }) => account.parked()),
    retry: () => {
      for (const { account } of members) account.retry();
      finder.retry();
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
