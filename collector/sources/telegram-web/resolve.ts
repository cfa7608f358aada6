import type { Resolution, UnresolvedPage } from '../../source.ts';
import { WebFailure, outcomeOf } from './errors.ts';
import type { PreviewPage, Reader, Unread } from './reader.ts';
import { readPreview } from './reader.ts';

type Found = PreviewPage | Unread | WebFailure;

const unsaid = { subscribers: null, subscribersPrecision: null };

function failedResolution(pageId: number, failure: WebFailure): Resolution {
  const cause = failure.message;
  if (failure.kind === 'free_name') return { pageId, result: 'not_found', cause };
  if (failure.kind === 'not_channel') return { pageId, result: 'unresolved', is: null, cause };
  const { outcome } = outcomeOf(failure);
  return { pageId, result: 'failed', outcome: outcome === 'rate_limited' ? outcome : 'error', cause };
}

function resolutionOf(pageId: number, name: string, found: Found): Resolution {
  if (found instanceof WebFailure) return failedResolution(pageId, found);
  if ('failure' in found) {
    const { title, failure } = found;
    return {
      pageId,
      result: 'unidentified',
      outcome: 'closed',
      state: 'closed',
      title,
      ...unsaid,
      cause: failure.message,
    };
  }
  const { channelId, header } = found;
  if (channelId === null) {
    const cause = `telegram: the channel ${name} shows no message yet, by which its id could be known`;
    return {
      pageId,
      result: 'unidentified',
      outcome: 'empty',
      state: 'ok',
      title: header.title,
      ...unsaid,
      cause,
    };
  }
  return { pageId, result: 'found', nativeId: channelId, name: header.name, title: header.title };
}

async function find(reader: Reader, name: string, signal?: AbortSignal): Promise<Found> {
  try {
    return await readPreview(reader, name, { nativeId: null, before: null }, signal);
  } catch (error) {
    if (error instanceof WebFailure) return error;
    throw error;
  }
}

/** Finds the ids of channels known by name, each name once. See `Source`. */
export async function* resolveNames(
  reader: Reader,
  pages: readonly UnresolvedPage[],
  signal?: AbortSignal,
): AsyncGenerator<Resolution> {
  const known = new Map<string, Found>();
  for (const { pageId, name, link } of pages) {
    if (name === null) {
      yield { pageId, result: 'unresolved', is: null, cause: `the link ${link} names no channel` };
      continue;
    }
    if (signal?.aborted) return;
    const key = name.toLowerCase();
    const found = known.get(key) ?? (await find(reader, name, signal));
    if (found instanceof WebFailure && found.kind === 'stopped') return;
    known.set(key, found);
    yield resolutionOf(pageId, name, found);
  }
}
