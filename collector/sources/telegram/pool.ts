import type { Api } from 'telegram';
import { inTurn } from '../../queue.ts';
import { createAccount, dayOf } from './account.ts';
import type { Account, AccountSettings } from './account.ts';
import type { Call, Key } from './calls.ts';
import { boundedMethod, historyMethod, resolveUsername } from './calls.ts';
import type { EntityStore, KnownChannels } from './entities.ts';
import { createKnownChannels } from './entities.ts';
import { BrokenAnswer, TelegramFailure, isOfAccount } from './errors.ts';
import type { Channel, NamedThing } from './map-channel.ts';
import { mapResolvedPeer } from './map-channel.ts';

export interface PoolSettings extends AccountSettings {
  /** `TELEGRAM_SESSIONS`. */
  sessions: readonly string[];
  entities: EntityStore;
  /** Names that one account may look up in a day. */
  namesPerDay: number;
}

/** A channel as the register knows it. */
export interface KnownPage {
  nativeId: number;
  name: string | null;
}

interface Member {
  account: Account;
  known: KnownChannels;
  /** Names it was chosen to look up that are not counted yet. */
  chosen: number;
}

/** An account chosen for a call. */
interface Choice {
  member: Member;
  /** The name it was chosen for is counted, or not looked up after all. */
  release(): void;
}

/** Without a name to be looked up there is nothing to release. */
const nothingToRelease = (): void => undefined;

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
  const { clock, quotas, namesPerDay } = settings;
  const members: Member[] = settings.sessions.map((secret, index) => {
    const account = createAccount(secret, index + 1, settings);
    return { account, known: createKnownChannels(account.fingerprint, settings.entities), chosen: 0 };
  });
  let readers = 0;

  const namesUsedUp = new TelegramFailure(
    'quota',
    `quota: all ${namesPerDay} names that an account may look up in a day are used up; the others come tomorrow`,
  );

  async function namesLeft({ account }: Member): Promise<number> {
    const used = await quotas.used(account.fingerprint, boundedMethod, dayOf(clock.now()));
    return Math.max(0, namesPerDay - used);
  }

  /** Why no account can: what passes by itself comes first. */
  function reasonOf(failures: readonly TelegramFailure[]): TelegramFailure {
    const passing = failures.find(({ kind }) => kind === 'quota' || kind === 'flood');
    return (
      passing ??
      failures[0] ??
      new TelegramFailure(
        'dead_account',
        'no session of Telegram is set: make one by npm run profpulse -- telegram login',
      )
    );
  }

  /** The account with the most names left that is not among those tried. Throws the reason when there is none. */
  async function pickForName(tried: ReadonlyMap<Member, TelegramFailure>): Promise<Choice> {
    // One choice after the other: two at once would both take the same account for the least used.
    const member = await inTurn(members, async () => {
      const picked = await mostNamesLeft(tried);
      picked.chosen += 1;
      return picked;
    });
    let isHeld = true;
    return {
      member,
      release: () => {
        if (isHeld) member.chosen -= 1;
        isHeld = false;
      },
    };
  }

  async function mostNamesLeft(tried: ReadonlyMap<Member, TelegramFailure>): Promise<Member> {
    const failures = [...tried.values()];
    let best: { member: Member; left: number } | null = null;
    for (const member of members) {
      if (tried.has(member)) continue;
      const refusal = member.account.refusal(boundedMethod);
      const unused = refusal ? 0 : await namesLeft(member);
      const left = unused - member.chosen;
      if (unused === 0) failures.push(refusal ?? namesUsedUp);
      else if (!best || left > best.left) best = { member, left };
    }
    if (best) return best.member;
    throw reasonOf(failures);
  }

  /** The least busy account that may call the method and has the channel's key; else one that may look its name up. */
  async function pick(
    page: KnownPage,
    method: string,
    tried: ReadonlyMap<Member, TelegramFailure>,
  ): Promise<Choice> {
    const failures = new Map(tried);
    const knowing: Member[] = [];
    for (const member of members) {
      if (tried.has(member)) continue;
      const refusal = member.account.refusal(method);
      if (refusal) failures.set(member, refusal);
      else if (await member.known.get(page.nativeId)) knowing.push(member);
    }
    const [least] = knowing.sort((one, other) => one.account.pending() - other.account.pending());
    if (least) return { member: least, release: nothingToRelease };
    if (page.name === null && failures.size < members.length) {
      throw new TelegramFailure(
        'unknown',
        `telegram: no account knows the channel ${page.nativeId}, and it has no name to find it by`,
      );
    }
    return await pickForName(failures);
  }

  /** One name after the other, so that none is looked up beyond the bound. */
  async function lookUp(
    { member, release }: Choice,
    name: string,
    signal?: AbortSignal,
  ): Promise<NamedThing> {
    try {
      const answer = await inTurn(member, async () => {
        if ((await namesLeft(member)) === 0) throw namesUsedUp;
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
    choose: (tried: ReadonlyMap<Member, TelegramFailure>) => Promise<Choice>,
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
      await byAny(pickForName, async (choice) => {
        const thing = await lookUp(choice, name, signal);
        if ('channel' in thing) await keep(choice.member, thing.channel);
        return thing;
      }),
    read: async (page, method, make, signal) =>
      await byAny(
        (tried) => pick(page, method, tried),
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
