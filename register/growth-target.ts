import { z } from 'zod';
import { isAllowedDay } from '#domain/allowed-days.ts';
import type { GrowthTarget } from '#domain/growth-target.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getSetting } from '#schema/operations/settings.ts';

/** The setting that holds what the federation wants of its own pages. */
export const growthTargetKey = 'growth.target';

const day = z.string().refine(isAllowedDay);

/** A target as it is stored, and as the journal has it. */
export const growthTarget = z.object({ subscribers: z.int().positive(), by: day, from: day });

/** The target that was set; `null` when none was, or when what is stored cannot be understood. */
export async function readGrowthTarget(operations: Operations): Promise<GrowthTarget | null> {
  const target = growthTarget.safeParse(await getSetting<unknown>(operations, growthTargetKey));
  return target.success ? target.data : null;
}

/** Whether something is stored as a target that cannot be understood, as one of an earlier version by the year 9999. */
export async function isGrowthTargetSetAside(operations: Operations): Promise<boolean> {
  return (
    (await getSetting<unknown>(operations, growthTargetKey)) !== undefined &&
    (await readGrowthTarget(operations)) === null
  );
}
