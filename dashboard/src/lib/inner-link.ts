import { page } from '$app/state';

/** Whether a view is shown to who has a link to it alone: nothing leads on from there. */
export const isShared = (): boolean => page.route.id === '/share/[token]';

/**
 * The address of another screen, for a link. A view that is shown by a link alone has none: what would be a link is plain text
 * there.
 */
export const innerLink = (address: string): string | undefined =>
  isShared() && address.startsWith('/') ? undefined : address;
