import type { Component } from 'svelte';
import type { PageLoad } from './$types.js';

/** The screens that a link may show: each is loaded where it is the one. */
const screens = {
  overview: () => import('../../(overview)/+page.svelte'),
  ranking: () => import('../../ranking/+page.svelte'),
  silent: () => import('../../silent/+page.svelte'),
  organisation: () => import('../../organisations/[id]/+page.svelte'),
};

export const load: PageLoad = async ({ data }) => ({
  ...data,
  // The screen is given what its own page is: the load of this page has asked for the same.
  Screen: (await screens[data.view]()).default as unknown as Component<{ data: object; form: null }>,
});
