/** The readers whom the screens of a demo can be looked through: each is a role. */
export const demoReaders = ['department', 'organisation', 'viewer'] as const;
export type DemoReaderName = (typeof demoReaders)[number];
