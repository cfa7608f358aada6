import { hashOf } from '../random.ts';
import type { Page, Since, SubscriberModel } from './types.ts';

const day = 86_400_000;
const week = 7 * day;

/** The value that holds at the instant: the last that began at or before it, else the first. */
export function valueAt<Value>(history: readonly Since<Value>[], instant: number): Value {
  let found = history[0];
  for (const entry of history) {
    if (entry.from <= instant) {
      found = entry;
    }
  }
  if (found === undefined) {
    throw new RangeError('A history without a single value.');
  }
  return found.value;
}

/** Noise of a day, from -1 to 1. */
function noiseOf(pageId: number, dayNumber: number): number {
  return hashOf('subscribers', pageId, dayNumber) / 2_147_483_648 - 1;
}

/** The subscribers of a model at an instant, a whole number of people. */
export function subscribersOf(model: SubscriberModel, pageId: number, instant: number): number {
  const grown = model.base * (1 + model.weeklyGrowth) ** ((instant - model.anchor) / week);
  const jumped = model.jumps.reduce(
    (count, jump) => (jump.from <= instant ? count * (1 + jump.value) : count),
    grown,
  );
  const position = instant / day;
  const dayNumber = Math.floor(position);
  const part = position - dayNumber;
  const noise = noiseOf(pageId, dayNumber) * (1 - part) + noiseOf(pageId, dayNumber + 1) * part;
  return Math.max(1, Math.round(jumped * (1 + model.noise * noise)));
}

/**
 * What the network shows of a page's subscribers at an instant: `null` for a private, deleted or banned page.
 */
export function subscribersShown(page: Page, instant: number): number | null {
  const state = valueAt(page.states, instant);
  return state === 'ok' || state === 'closed' ? subscribersOf(page.subscribers, page.id, instant) : null;
}
