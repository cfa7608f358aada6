import { readOpenness } from '#register/openness.ts';
import type { Naming } from '#register/openness.ts';
import type { Openness } from './reader.ts';
import type { DashboardServices } from './services.ts';

/**
 * What is seen of whom, as it is set at this moment. Where everybody may read, organisations see each other by name: everybody
 * does. Who is not updated everybody sees where that was set; in a demo also while it was not.
 */
export async function opennessOf({
  operations,
  settings: { publicDashboard, demo },
}: Pick<DashboardServices, 'operations' | 'settings'>): Promise<
  Openness & { naming: Naming; namesOthers: boolean }
> {
  const { naming, publicSilent } = await readOpenness(operations);
  return {
    publicDashboard,
    naming,
    showsSilent: publicSilent ?? demo,
    namesOthers: publicDashboard || naming === 'by_name',
  };
}
