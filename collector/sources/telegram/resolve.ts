import type { Resolution, UnresolvedPage } from '../../source.ts';
import { TelegramFailure, outcomeOf } from './errors.ts';
import type { NamedThing } from './map-channel.ts';
import type { Pool } from './pool.ts';

function resolutionOf(pageId: number, name: string, thing: NamedThing): Resolution {
  if ('other' in thing) {
    return {
      pageId,
      result: 'unresolved',
      is: thing.is,
      cause: `telegram: ${name} is not a channel but ${thing.other}`,
    };
  }
  const { nativeId, title } = thing.channel;
  return { pageId, result: 'found', nativeId, name: thing.channel.name ?? name, title };
}

function failedResolution(pageId: number, failure: TelegramFailure): Resolution {
  const cause = failure.message;
  if (failure.kind === 'free_name') return { pageId, result: 'not_found', cause };
  const { outcome } = outcomeOf(failure);
  return { pageId, result: 'failed', outcome: outcome === 'rate_limited' ? outcome : 'error', cause };
}

/** Finds the ids of channels known by name, each name once: looking names up is what Telegram bounds. See `Source`. */
export async function* resolveNames(
  pool: Pool,
  pages: readonly UnresolvedPage[],
  signal?: AbortSignal,
): AsyncGenerator<Resolution> {
  const things = new Map<string, NamedThing | TelegramFailure>();
  for (const { pageId, name, link } of pages) {
    if (name === null) {
      yield { pageId, result: 'unresolved', is: null, cause: `the link ${link} names no channel` };
      continue;
    }
    if (signal?.aborted) return;
    const key = name.toLowerCase();
    const thing = things.get(key) ?? (await find(pool, key, signal));
    if (thing instanceof TelegramFailure && thing.kind === 'stopped') return;
    things.set(key, thing);
    yield thing instanceof TelegramFailure
      ? failedResolution(pageId, thing)
      : resolutionOf(pageId, name, thing);
  }
}

async function find(pool: Pool, name: string, signal?: AbortSignal): Promise<NamedThing | TelegramFailure> {
  try {
    return await pool.resolve(name, signal);
  } catch (error) {
    if (error instanceof TelegramFailure) return error;
    throw error;
  }
}
