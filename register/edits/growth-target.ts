import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { dayProblem, isAllowedDay } from '#domain/allowed-days.ts';
import type { GrowthTarget } from '#domain/growth-target.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { setSetting } from '#schema/operations/settings.ts';
import { growthTarget, growthTargetKey, isGrowthTargetSetAside, readGrowthTarget } from '../growth-target.ts';
import { defineEdit } from './edit-kind.ts';
import { textField } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { codes, problem, refusal } = problemsOf('not_a_count', 'not_ahead');

const subject = `setting:${growthTargetKey}` as const;
const shared = { isSetting: true, touchesMirror: false, overwrites: () => subject } as const;

/** Far more subscriptions than any federation has: a slip of the finger. */
const most = 100_000_000;

/**
 * Sets how many `subscribers` (spaces inside are let through: people write «9 000») the federation wants of its own pages,
 * `by` a day after today, of those taken. Another number or day does not begin the line of a running target anew: what was
 * gained since counts.
 */
export const setGrowthTarget = defineEdit({
  ...shared,
  name: 'target',
  what: 'growth_target.set',
  fields: z.object({ subscribers: textField, by: textField }),
  problems: codes,
  prepare: (input, { today }) => {
    const [count, by] = [input.subscribers.trim(), input.by.trim()];
    const subscribers = Number(count.replaceAll(/\s/gu, ''));
    const problems: EditProblem[] = [];
    if (!/^[\d\s]+$/u.test(count) || subscribers < 1 || subscribers > most)
      problems.push(problem('not_a_count', 'subscribers', count));
    if (dayProblem(by) === 'day_out_of_range') problems.push(problem('day_out_of_range', 'by', by));
    else if (!isAllowedDay(by) || by <= today) problems.push(problem('not_ahead', 'by', by));
    refuseOn(problems);
    return { subscribers, by };
  },
  apply: async (inside, wanted, { today }) => {
    const before = await readGrowthTarget(inside);
    const isRunning = before !== null && before.by >= today;
    const after = { ...wanted, from: isRunning ? before.from : today };
    if (isDeepStrictEqual(before, after)) throw refusal('nothing_changed');
    await write(inside, after);
    return { subject, before, after };
  },
  entry: z.object({ before: growthTarget.nullable(), after: growthTarget }),
  mentions: () => ({}),
  facts: ({ before, after }) => ({ before, after }),
  revert: (inside, entry) => putBack(inside, entry),
});

/** Takes the target back, so that there is none. */
export const clearGrowthTarget = defineEdit({
  ...shared,
  name: 'clear',
  what: 'growth_target.cleared',
  fields: z.object({}),
  problems: [],
  prepare: () => null,
  apply: async (inside) => {
    const before = await readGrowthTarget(inside);
    if (before === null && !(await isGrowthTargetSetAside(inside))) throw refusal('nothing_changed');
    await write(inside, null);
    return { subject, before, after: null };
  },
  entry: z.object({ before: growthTarget.nullable(), after: z.null() }),
  mentions: () => ({}),
  facts: (entry) => entry,
  revert: (inside, entry) => putBack(inside, entry),
});

async function write(inside: Operations, target: GrowthTarget | null): Promise<void> {
  await setSetting(inside, growthTargetKey, target ?? undefined);
}

/** Puts back what stood there. Throws `EditRefused` when another target stands by now. */
async function putBack(
  inside: Operations,
  { before, after }: { before: GrowthTarget | null; after: GrowthTarget | null },
): Promise<void> {
  if (!isDeepStrictEqual(await readGrowthTarget(inside), after)) throw refusal('changed_since');
  await write(inside, before);
}
