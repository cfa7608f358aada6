/** The made-up readers whom the screens of a demo can be looked through: each is a role. */
const madeUpReaders = ['department', 'organisation', 'viewer'] as const;

/** They, and whoever comes without signing in. */
export const demoReaders = ['everybody', ...madeUpReaders] as const;
export type DemoReaderName = (typeof demoReaders)[number];
