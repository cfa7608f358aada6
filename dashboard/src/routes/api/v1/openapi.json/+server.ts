import { json, type RequestHandler } from '@sveltejs/kit';
import { openApiDocument } from '#lib/server/api/openapi.ts';
import { useServices } from '#lib/server/services.ts';

export const GET: RequestHandler = () =>
  json(openApiDocument(useServices().settings.version), {
    // Who may read it is asked of each reader: nothing between them and us keeps it for others.
    headers: { 'cache-control': 'private, max-age=300' },
  });
