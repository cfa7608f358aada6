import type { Confirmation, ConfirmRequest } from '../../source.ts';

/** What is known of posts that could not be asked for: nothing. */
export function nothingConfirmed(
  observed: Date,
  { ids }: ConfirmRequest,
  cause = 'not asked for',
): Confirmation {
  return { observed, there: [], gone: [], posts: [], cause: ids.length === 0 ? '' : cause };
}
