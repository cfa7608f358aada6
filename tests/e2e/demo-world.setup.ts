import chromiumBuild from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';
import { startDemoWorld } from './demo-world.ts';
import { isSmall } from './world-size.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the demo of this test run answers. */
    origin: string;
    /** Where its data are. */
    dataDirectory: string;
  }
}

/** One demo world for all files of the end-to-end tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Unpacked before there are several to do it: none starts a browser that another is still writing.
  await chromiumBuild.executablePath();
  const world = await startDemoWorld({}, isSmall ? 'tests/e2e/small-demo.ts' : 'cli/demo.ts');
  project.provide('origin', world.origin);
  project.provide('dataDirectory', world.dataDirectory);
  return world.close;
}
