import type { Coverage } from '../../../analytics/types.ts';

/** How far a step of the first start is. */
export type StepState = 'done' | 'todo' | 'waiting' | 'unneeded';

/** The steps whose state depends on what there is. */
export interface StartSteps {
  register: StepState;
  /** Getting the key of VK, and setting it. */
  key: StepState;
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
  vkConfigured,
  withoutKey,
}: {
  organisations: number;
  coverage: Pick<Coverage, 'slot' | 'read'>;
  vkConfigured: boolean;
  /** Pages that are not read because the key is not set. */
  withoutKey: number;
}): StartSteps {
  const register = organisations > 0 ? 'done' : 'todo';
  const noKey = register === 'done' && withoutKey === 0 ? 'unneeded' : 'todo';
  const key = vkConfigured ? 'done' : noKey;
  const isCollected = coverage.slot !== null && coverage.read > 0;
  const collect = isCollected ? 'done' : register === 'done' ? 'todo' : 'waiting';
  return { register, key, collect, isReady: register === 'done' && key !== 'todo' && isCollected };
}
