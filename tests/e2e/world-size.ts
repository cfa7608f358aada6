import { demoSize, type DemoSize } from '#cli/demo-history.ts';

/** A federation that is read in seconds. The index window of a month that came to rest lies within its history. */
export const smallSize: DemoSize = { organisations: 18, historyWeeks: 26, weeklyWeeks: 4 };

/** Whether the tests run over the small demo (TEST_WORLD=small), for a day among many. */
export const isSmall = process.env['TEST_WORLD'] === 'small';

/** How large the demo of these tests is. */
export const worldSize: DemoSize = isSmall ? smallSize : demoSize;
