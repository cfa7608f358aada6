/** How long a password has to be at least, in characters. */
export const leastPasswordLength = 10;
/** What the library of logins takes at most. */
export const mostPasswordLength = 128;
/** The longest name of somebody, in characters. */
export const mostNameLength = 200;
