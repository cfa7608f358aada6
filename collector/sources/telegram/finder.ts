import type { Clock } from '#domain/clock.ts';
import { serialize } from '#domain/mutex.ts';
import type { Key } from './calls.ts';
import { resolveUsername, searchMethod, searchPublic } from './calls.ts';
import type { Choice, AccountSelector, KnownPage, Member } from './account-selector.ts';
import { TelegramFailure, mapped } from './errors.ts';
import type { Channel, NamedThing } from './map-channel.ts';
import { findChannel, mapResolvedPeer } from './map-channel.ts';
import { lostKey, takenOver } from './page-failures.ts';

/** Finds channels, and the keys by which accounts reach them. */
export interface Finder {
  /** What a name leads to. Throws `TelegramFailure`. */
  lookUp(choice: Choice, name: string, signal?: AbortSignal): Promise<NamedThing>;
  /**
   * The key to a page's channel: by its name, when that still leads to it, else by searching for its title, where the id
   * tells which one it is. Throws `TelegramFailure`; for a day the same one, without asking again.
   */
  keyTo(choice: Choice, page: KnownPage, signal?: AbortSignal): Promise<Key>;
  /** Keeps how an account reaches a channel. */
  keep(member: Member, channel: Pick<Channel, 'nativeId' | 'accessHash' | 'name'>): Promise<Key>;
  /** Whether the channel was looked for and not found. */
  isMissing(nativeId: number): boolean;
  /** The channel has answered; whether it was missing before. */
  found(nativeId: number): boolean;
  /** Channels that could not be found are looked for anew. */
  retry(): void;
}

/** Names are what Telegram bounds: one that leads nowhere is asked for once in so many milliseconds. */
const searchEvery = 20 * 3_600_000;
/** Telegram searches for nothing shorter. */
const shortestTitle = 4;

/** Makes the finder of a pool's accounts. */
export function createFinder(selector: Pick<AccountSelector, 'mayLookUp'>, clock: Clock): Finder {
  /** By native id: what was found instead of the channel, and by which name and title. */
  const missing = new Map<number, { at: number; by: string; failure: TelegramFailure }>();

  const byOf = ({ name, title }: KnownPage): string => JSON.stringify([name, title ?? '']);

  /** One name after the other, so that none is looked up beyond the bound. */
  async function lookUp(
    { member, release }: Choice,
    name: string,
    signal?: AbortSignal,
  ): Promise<NamedThing> {
    try {
      const answer = await serialize(member, async () => {
        await selector.mayLookUp(member);
        return await member.account.call(resolveUsername(name), signal);
      });
      return mapped(() => mapResolvedPeer(answer));
    } catch (error) {
      if (!(error instanceof TelegramFailure) || error.kind !== 'free_name') throw error;
      const { kind, word } = error;
      throw new TelegramFailure(kind, `${error.message}: ${name}`, { word });
    } finally {
      release();
    }
  }

  async function keep(
    { known }: Member,
    { nativeId, accessHash, name }: Pick<Channel, 'nativeId' | 'accessHash' | 'name'>,
  ): Promise<Key> {
    // Without a key in the answer there is no better one than none: Telegram refuses it where one is wanted.
    const key = { channelId: nativeId, accessHash: accessHash ?? '0' };
    await known.keep({ ...key, name }, clock.now());
    return key;
  }

  /** The channel among those that Telegram finds by its title; `null` when it is not among them, or cannot be asked for. */
  async function search(
    { account }: Member,
    { nativeId, title = '' }: KnownPage,
    signal?: AbortSignal,
  ): Promise<Channel | null> {
    if (title.trim().length < shortestTitle || account.refusal(searchMethod)) return null;
    try {
      const { chats } = await account.call(searchPublic(title.trim()), signal);
      return mapped(() => findChannel(chats, nativeId));
    } catch (error) {
      if (error instanceof TelegramFailure && error.kind !== 'stopped') return null;
      throw error;
    }
  }

  async function byName(choice: Choice, page: KnownPage, signal?: AbortSignal) {
    if (page.name === null) return lostKey(page);
    try {
      const thing = await lookUp(choice, page.name, signal);
      const isOurs = 'channel' in thing && thing.channel.nativeId === page.nativeId;
      return isOurs ? thing.channel : takenOver(page, thing);
    } catch (error) {
      // A name that leads nowhere proves nothing of a channel to which there is no key: it may have another one.
      if (error instanceof TelegramFailure && error.kind === 'free_name') return lostKey(page);
      throw error;
    }
  }

  return {
    lookUp,
    keep,
    keyTo: async (choice, page, signal) => {
      const { nativeId } = page;
      const last = missing.get(nativeId);
      const now = clock.now().getTime();
      if (last && last.by === byOf(page) && Math.abs(now - last.at) < searchEvery) {
        choice.release();
        throw last.failure;
      }
      const found = await byName(choice, page, signal);
      const channel =
        found instanceof TelegramFailure && found.kind !== 'became_group'
          ? ((await search(choice.member, page, signal)) ?? found)
          : found;
      if (channel instanceof TelegramFailure) {
        missing.set(nativeId, { at: now, by: byOf(page), failure: channel });
        throw channel;
      }
      return await keep(choice.member, channel);
    },
    isMissing: (nativeId) => missing.has(nativeId),
    found: (nativeId) => missing.delete(nativeId),
    retry: () => {
      for (const each of missing.values()) each.at = Number.NEGATIVE_INFINITY;
    },
  };
}
