import { sectionsFor } from '#lib/server/settings-sections.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = ({ locals }) => ({ sections: sectionsFor(locals.reader) });
