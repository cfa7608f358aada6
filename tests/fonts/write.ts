import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutOut, fontsFolder, subsets } from './subsets.ts';

/*
 * node tests/fonts/write.ts
 *
 * Cuts the fonts that every page loads out of their packages anew. Run it when a package or a subset has changed; a test
 * compares.
 */
for (const subset of subsets) writeFileSync(join(fontsFolder, subset.file), await cutOut(subset));
