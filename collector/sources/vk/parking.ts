import type { Logger } from 'pino';
import type { ParkedKey } from '../../source.ts';
import { growing } from '../kit/back-off.ts';
import type { VkFailure } from './errors.ts';

/** How long a key rests that VK refused: so long at first, twice as long each time in a row, at most so long. */
const firstRest = 30 * 60_000;
const longestRest = 6 * 60 * 60_000;
/** So many walls in a row have to be refused before one wall's answer is taken for the key's. */
const wallsInARow = 2;

/** What is known of one key's leave to ask. Times in milliseconds. */
export interface KeyLeave {
  /** Lays the key aside for a while: VK refused it, on calls of walls or on any. */
  park(failure: VkFailure, isOfWalls: boolean): void;
  /** Whether the refusal of a single wall is to be taken for the key's; `isAlone`: no other wall is asked for. */
  blames(failure: VkFailure, isAlone: boolean): boolean;
  /** A call of walls, or another one, went well. */
  well(isOfWalls: boolean): void;
  /** Somebody may have healed it: it is tried at the next call. */
  release(): void;
  /** While it rests, why and until when. */
  resting(now: number): { until: number; failure: VkFailure } | null;
  /** For those who look after the keys; `null` when nothing is wrong with it. */
  told(): ParkedKey | null;
}

/** The leave of the key that is named `what`, e.g. `key 1 of VK_TOKENS`. `log` says which token it is. */
export function createKeyLeave(what: string, log: Logger, now: () => number): KeyLeave {
  let parked: { until: number; failure: VkFailure; isOfWalls: boolean } | null = null;
  let isReleased = false;
  let rests = 0;
  let refusals = 0;
  let hasReadWalls = false;

  return {
    park: (failure, isOfWalls) => {
      // Calls that were under way together are refused together.
      if (parked && !isReleased && parked.until > now()) return;
      const rest = growing(firstRest, rests, longestRest);
      rests += 1;
      parked = { until: now() + rest, failure, isOfWalls };
      isReleased = false;
      hasReadWalls = false;
      const said = failure.kind === 'dead_token' ? 'is dead' : 'needs a person';
      log.error(
        { key: what, cause: failure.message, until: new Date(parked.until) },
        `A token of VK ${said}: parked, and tried again after a rest`,
      );
    },
    blames: ({ code }, isAlone) => {
      refusals += 1;
      // Error 43 is of a section, which one wall may lack.
      return refusals >= wallsInARow || (isAlone && !hasReadWalls && code !== 43);
    },
    well: (isOfWalls) => {
      if (isOfWalls) {
        refusals = 0;
        hasReadWalls = true;
      }
      if (!parked || (parked.isOfWalls && !isOfWalls)) return;
      log.info({ key: what, cause: parked.failure.message }, 'A token of VK that was parked is well again');
      parked = null;
      rests = 0;
    },
    release: () => {
      if (!parked) return;
      isReleased = true;
      rests = 0;
    },
    resting: (at) => (parked && !isReleased && parked.until > at ? parked : null),
    told: () =>
      parked && !isReleased ? { what, cause: parked.failure.message, until: new Date(parked.until) } : null,
  };
}
