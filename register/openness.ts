import { z } from 'zod';
import { isAllowedDay } from '#domain/allowed-days.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getSettings } from '#schema/operations/settings.ts';

/** The setting that holds how organisations see others of their group. */
export const namingKey = 'openness.naming';
/** The setting that holds whether everybody sees who is not updated, where the dashboard is public. */
export const publicSilentKey = 'openness.public_silent';

/** How an organisation sees the others of its group: by their names, or without anything that tells who they are. */
export const namings = ['anonymous', 'by_name'] as const;
export type Naming = (typeof namings)[number];

/** How others are seen, and by which decision. */
export const namingSetting = z.object({
  naming: z.enum(namings),
  /** The number and the day of the federation's decision. */
  decision: z.string(),
  decided: z.string().refine(isAllowedDay),
});
export type NamingSetting = z.infer<typeof namingSetting>;

/** What is seen of whom, beside what roles allow. */
export interface OpennessSettings {
  naming: Naming;
  /** `null` while nothing was decided: others are anonymous then. */
  decision: Pick<NamingSetting, 'decision' | 'decided'> | null;
  /** `null` while it was never set. */
  publicSilent: boolean | null;
}

/** What was set; what cannot be understood is as if it had not been set, so that nobody is named by mistake. */
export async function readOpenness(operations: Operations): Promise<OpennessSettings> {
  const stored = await getSettings(operations, [namingKey, publicSilentKey]);
  const naming = namingSetting.safeParse(stored.get(namingKey));
  const publicSilent = z.boolean().safeParse(stored.get(publicSilentKey));
  const { decision, decided } = naming.success ? naming.data : { decision: '', decided: '' };
  return {
    naming: naming.success ? naming.data.naming : 'anonymous',
    decision: naming.success ? { decision, decided } : null,
    publicSilent: publicSilent.success ? publicSilent.data : null,
  };
}
