import { json, type RequestHandler } from '@sveltejs/kit';
import { useServices } from '#lib/server/services.ts';

export const GET: RequestHandler = async () => {
  const health = await useServices().health();
  return json(health, { status: health.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } });
};
