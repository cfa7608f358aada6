import type { RequestHandler } from '@sveltejs/kit';
import { problem } from '#lib/server/api/problem.ts';

export const fallback: RequestHandler = ({ url }) =>
  problem(
    404,
    'There is no such list',
    `Nothing answers at ${url.pathname}: see /api/v1/openapi.json for what does.`,
  );
