import type { Coverage } from '#analytics/types.ts';
import type { DashboardServices } from './services.ts';

/** How many registered pages of VK there are while no key is set, without which none of them is read. */
export function pagesWithoutKey(
  { registered }: Pick<Coverage, 'registered'>,
  { vkConfigured }: Pick<DashboardServices['settings'], 'vkConfigured'>,
): number {
  return vkConfigured ? 0 : (registered.find(({ network }) => network === 'vk')?.pages ?? 0);
}
