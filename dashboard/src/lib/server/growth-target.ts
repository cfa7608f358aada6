import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { GrowthTarget } from '../../../../analytics/overview/growth-target.ts';
import { isAllowedDay } from '../../../../domain/allowed-days.ts';
import type { Day } from '../../../../domain/period.ts';
import type { Operations } from '../../../../schema/operations/connect.ts';
import { editInTurn } from '../../../../schema/operations/edits-in-turn.ts';
import { changeSetting, getSetting } from '../../../../schema/operations/settings.ts';

/** The setting that holds what the federation wants of its own pages. */
const key = 'growth.target';

const day = z.string().refine(isAllowedDay);
const stored = z.object({ subscribers: z.int().positive(), by: day, from: day });

/** The target that was set; `null` when none was, or when what is stored cannot be understood. */
export async function readGrowthTarget(operations: Operations): Promise<GrowthTarget | null> {
  const target = stored.safeParse(await getSetting<unknown>(operations, key));
  return target.success ? target.data : null;
}

/** Whether something is stored as a target that cannot be understood, as one of an earlier version by the year 9999. */
export async function isGrowthTargetSetAside(operations: Operations): Promise<boolean> {
  return (
    (await getSetting<unknown>(operations, key)) !== undefined &&
    (await readGrowthTarget(operations)) === null
  );
}

/** A target as the form that puts it back sends it, `null` for no target; `undefined` for what is neither. */
export function parseGrowthTarget(text: string): GrowthTarget | null | undefined {
  try {
    return stored.nullable().safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // No JSON: not of our form.
  }
}

/** Sets the target, or takes it back. */
export async function writeGrowthTarget(
  operations: Operations,
  target: GrowthTarget | null,
  by: { who: string; now: Date },
): Promise<void> {
  await changeSetting(operations, { key, value: target ?? undefined }, by);
}

/** Another target stands than the one that was to be changed: somebody changed it meanwhile. */
export class TargetChanged extends Error {
  override readonly name = 'TargetChanged';

  constructor() {
    super('Another target stands by now than the one that was to be changed.');
  }
}

/**
 * Puts what `next` makes of the standing target in its place, `null` for none, and returns both. `shown` is the target
 * that stood on the screen; `undefined` when that is not known. Of two at once the second throws `TargetChanged`.
 */
export async function replaceGrowthTarget(
  operations: Operations,
  {
    shown,
    next,
  }: {
    shown: GrowthTarget | null | undefined;
    next: (standing: GrowthTarget | null) => GrowthTarget | null;
  },
  by: { who: string; now: Date },
): Promise<{ before: GrowthTarget | null; after: GrowthTarget | null }> {
  return await editInTurn(operations, async (inside) => {
    const before = await readGrowthTarget(inside);
    if (shown !== undefined && !isDeepStrictEqual(shown, before)) throw new TargetChanged();
    const after = next(before);
    await writeGrowthTarget(inside, after, by);
    return { before, after };
  });
}

/** What was sent as a target and cannot be one, with what was got in each field. */
export interface TargetProblem {
  field: 'subscribers' | 'by';
  got: string;
}

/** Far more subscriptions than any federation has: a slip of the finger. */
const most = 100_000_000;

/**
 * Reads the fields `subscribers` (spaces inside are let through: people write «9 000») and `by` (a day after today, of those taken) of a
 * target whose line begins on the day `from`.
 */
export function targetOf(
  fields: { subscribers: string; by: string },
  { from, today }: { from: Day; today: Day },
): { target: GrowthTarget; problems: [] } | { target: null; problems: TargetProblem[] } {
  const [count, by] = [fields.subscribers.trim(), fields.by.trim()];
  const subscribers = Number(count.replaceAll(/\s/gu, ''));
  const problems: TargetProblem[] = [];
  if (!/^[\d\s]+$/u.test(count) || subscribers < 1 || subscribers > most)
    problems.push({ field: 'subscribers', got: count });
  if (!isAllowedDay(by) || by <= today) problems.push({ field: 'by', got: by });
  if (problems.length > 0) return { target: null, problems };
  return { target: { subscribers, by, from }, problems: [] };
}
