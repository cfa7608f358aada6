import type { Coverage } from '#analytics/types.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import { keyedNetworks, type PagesWithoutKey } from '#domain/networks/without-key.ts';

/** How far a step of the first start is. */
export type StepState = 'done' | 'todo' | 'waiting' | 'unneeded';

/** Getting the key of a network and setting it. */
export interface KeyStep {
  network: MeasuredNetwork;
  /** The setting that holds the key. */
  setting: string;
  state: Extract<StepState, 'done' | 'todo' | 'unneeded'>;
}

/** The steps whose state depends on what there is. */
export interface StartSteps {
  register: StepState;
  /** For each network that is read with a key alone. */
  keys: readonly KeyStep[];
  /** What is left of them together. */
  key: StepState;
  /** Reading Telegram: to be done while the newest looks at its channels have all failed. */
  telegram: StepState;
  collect: StepState;
  /** Nothing is left to do: the ranking can be opened. */
  isReady: boolean;
}

/**
 * What is left to do before there is a ranking. A key that pages wait for is wanted however well others are read, and a
 * collection that read nothing is no collection.
 */
export function startSteps({
  organisations,
  coverage,
  networksWithoutKey,
  withoutKey,
}: {
  organisations: number;
  coverage: Pick<Coverage, 'slot' | 'read' | 'registered' | 'unread'>;
  networksWithoutKey: readonly MeasuredNetwork[];
  /** Pages that are not read because the key of their network is not set. */
  withoutKey: readonly PagesWithoutKey[];
}): StartSteps {
  const register = organisations > 0 ? 'done' : 'todo';
  const keys = keyedNetworks.map(({ network, setting }): KeyStep => {
    const isWanted = register === 'todo' || withoutKey.some((each) => each.network === network);
    const noKey = isWanted ? 'todo' : 'unneeded';
    return { network, setting, state: networksWithoutKey.includes(network) ? noKey : 'done' };
  });
  const key =
    (['todo', 'done'] as const).find((each) => keys.some(({ state }) => state === each)) ?? 'unneeded';
  const isCollected = coverage.slot !== null && coverage.read > 0;
  const collect = isCollected ? 'done' : register === 'done' ? 'todo' : 'waiting';
  const telegram = telegramTrouble(coverage) === null ? 'done' : 'todo';
  return {
    register,
    keys,
    key,
    telegram,
    collect,
    isReady: register === 'done' && key !== 'todo' && isCollected,
  };
}

/** Outcomes of a look by which a channel is known: its own state, and not the way to it. */
const known: ReadonlySet<string> = new Set(['ok', 'empty', 'closed', 'gone']);

/**
 * Why Telegram is not read at all, though it was looked at: `unreachable` when there was no connection to it, `failed` when
 * it answered otherwise. `null` when a channel was reached, or none was looked at yet.
 */
export function telegramTrouble({
  registered,
  unread,
}: Pick<Coverage, 'registered' | 'unread'>): 'unreachable' | 'failed' | null {
  const channels = registered.find(({ network }) => network === 'telegram');
  const looked = channels ? channels.pages - channels.waiting : 0;
  const failures = unread.filter(({ network, outcome }) => network === 'telegram' && !known.has(outcome));
  const failed = failures.reduce((sum, { pages }) => sum + pages, 0);
  if (looked === 0 || failed < looked) return null;
  return failures.some(({ cause }) => cause.startsWith('network:')) ? 'unreachable' : 'failed';
}
