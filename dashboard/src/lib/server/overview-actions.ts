import { editParameters } from '../edit-address.ts';
import { editActions } from './edit-actions.ts';

/** The form actions of the overview: they set the growth target and take it back, and lead back to it. */
export const overviewActions = editActions(['target', 'clear'], (url, made) => {
  const posts = url.searchParams.get('posts');
  const query = new URLSearchParams([...(posts ? [['posts', posts]] : []), ...editParameters(made)]);
  return `/?${query}#growth`;
});
