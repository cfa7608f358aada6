import { json, type RequestHandler } from '@sveltejs/kit';
import { openApiDocument } from '#lib/server/api/openapi.ts';
import { useServices } from '#lib/server/services.ts';

export const GET: RequestHandler = () =>
  json(openApiDocument(useServices().settings.version), {
    headers: { 'cache-control': 'public, max-age=300' },
  });
