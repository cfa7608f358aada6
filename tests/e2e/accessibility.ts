import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong with a page under all its rules, each as a sentence. It is asked for violations alone, of the
 * page itself, which has no frames: the same findings in a quarter of the time.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, help, nodes }) =>
      `axe ${id}: ${help} (${nodes.length}), e.g. ${String(nodes[0]?.html).slice(0, 200)}`,
  );
}
