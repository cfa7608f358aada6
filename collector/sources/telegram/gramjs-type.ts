/** gramjs, loaded when first needed: its schema alone takes longer to read than the rest of the collector. */
export type Gramjs = typeof import('telegram');
