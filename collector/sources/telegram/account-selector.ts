import type { Clock } from '#domain/clock.ts';
import { serialize } from '#domain/mutex.ts';
import type { QuotaStore } from '../kit/quota-store.ts';
import type { Account } from './account.ts';
import { dayOf } from './account.ts';
import { boundedMethod } from './calls.ts';
import type { KnownChannels } from './entities.ts';
import { TelegramFailure } from './errors.ts';

/** A channel as the register knows it. */
export interface KnownPage {
  nativeId: number;
  name: string | null;
  /** Its title as last learnt, by which it may be searched for. */
  title?: string | undefined;
}

/** An account with the keys it has to channels. */
export interface Member {
  account: Account;
  known: KnownChannels;
  /** Names it was chosen to look up that are not counted yet. */
  chosen: number;
}

/** An account chosen for a call. */
export interface Choice {
  member: Member;
  /** The name it was chosen for is counted, or not looked up after all. */
  release(): void;
}

/** Without a name to be looked up there is nothing to release. */
const nothingToRelease = (): void => undefined;

/** What accounts are chosen by. */
export interface AccountSelectorSettings {
  quotas: QuotaStore;
  clock: Clock;
  /** Names that one account may look up in a day. */
  namesPerDay: number;
}

/** The failures of accounts that were tried for the same call. */
export type Tried = ReadonlyMap<Member, TelegramFailure>;

/** Chooses among accounts. */
export interface AccountSelector {
  /** The account with the most names left that is not among those tried. Throws the reason when there is none. */
  forName(tried: Tried): Promise<Choice>;
  /**
   * The least busy account that may call the method and has the channel's key, which was not refused (`stale`); else one
   * that may look its name up.
   */
  forPage(page: KnownPage, method: string, tried: Tried, stale: ReadonlySet<Member>): Promise<Choice>;
  /** Throws when an account has looked up all the names it may today. */
  mayLookUp(member: Member): Promise<void>;
}

/** Makes the chooser of a pool's accounts. */
export function createAccountSelector(
  members: readonly Member[],
  settings: AccountSelectorSettings,
): AccountSelector {
  const { clock, quotas, namesPerDay } = settings;

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

  async function forName(tried: Tried): Promise<Choice> {
    // One choice after the other: two at once would both take the same account for the least used.
    const member = await serialize(members, async () => {
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

  async function mostNamesLeft(tried: Tried): Promise<Member> {
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

  async function forPage(
    page: KnownPage,
    method: string,
    tried: Tried,
    stale: ReadonlySet<Member>,
  ): Promise<Choice> {
    const failures = new Map(tried);
    const knowing: Member[] = [];
    for (const member of members) {
      if (tried.has(member)) continue;
      const refusal = member.account.refusal(method);
      if (refusal) failures.set(member, refusal);
      else if (!stale.has(member) && (await member.known.get(page.nativeId))) knowing.push(member);
    }
    const [least] = knowing.sort((one, other) => one.account.pending() - other.account.pending());
    if (least) return { member: least, release: nothingToRelease };
    if (page.name !== null) return await forName(failures);
    // Without a name there is its title to search for, which takes none of the names of the day.
    const [other] = members.filter((member) => !failures.has(member));
    if (!other) throw reasonOf([...failures.values()]);
    return { member: other, release: nothingToRelease };
  }

  return {
    forName,
    forPage,
    mayLookUp: async (member) => {
      if ((await namesLeft(member)) === 0) throw namesUsedUp;
    },
  };
}
