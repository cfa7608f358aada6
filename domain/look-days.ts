/**
 * Looks older than so many days are not looked for: every page that is read at all is due more often. A page without one
 * counts as waiting.
 */
export const lookDays = 40;
