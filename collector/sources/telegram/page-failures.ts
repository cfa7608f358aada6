import type { KnownPage } from './account-selector.ts';
import { TelegramFailure } from './errors.ts';
import type { NamedThing } from './map-channel.ts';
import { groupInWords } from './map-channel.ts';

/** The failure that a channel is which Telegram shows to nobody. */
export function blockedBy(reason: string): TelegramFailure {
  return new TelegramFailure('blocked', `telegram: the channel is blocked (${reason})`);
}

/** The failure that a channel is which has become a group. */
export function becameGroup(nativeId: number): TelegramFailure {
  return new TelegramFailure('became_group', `telegram: the channel ${nativeId} is now ${groupInWords}`);
}

/** A name that leads to somebody else's channel, or to no channel at all; of the page's own id: to the group it has become. */
export function takenOver({ nativeId, name }: KnownPage, thing: NamedThing): TelegramFailure {
  if ('other' in thing && thing.nativeId === nativeId) return becameGroup(nativeId);
  const to = 'other' in thing ? thing.other : `the channel ${thing.channel.nativeId}`;
  return new TelegramFailure(
    'taken_over',
    `telegram: the name ${name ?? ''} leads to ${to} now, the page was the channel ${nativeId}`,
  );
}

/** A channel to which no key holds, and that its name does not lead to: nothing is known of what became of it. */
export function lostKey({ nativeId, name }: KnownPage): TelegramFailure {
  const why =
    name === null
      ? 'it has no name to find it by'
      : `nobody has the name ${name}. If the channel has another name now, correct it`;
  return new TelegramFailure(
    'lost_key',
    `telegram: no account has a key to the channel ${nativeId} that holds, and ${why}`,
  );
}
