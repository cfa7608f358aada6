import { possibleSubscribers } from '../../possible.ts';
import type { Resolution, UnidentifiedPage, UnresolvedPage } from '../../source.ts';
import type { ShownCount } from './counts.ts';
import { WebFailure, outcomeOf } from './errors.ts';
import type { PreviewPage, Reader } from './reader.ts';
import { readPreview } from './reader.ts';

type Found = PreviewPage | WebFailure;

/** A channel whose id is not known, with the subscribers that it tells as far as they can be. */
function unidentified(
  page: Pick<UnidentifiedPage, 'pageId' | 'outcome' | 'state' | 'title' | 'cause'>,
  shown: ShownCount | null,
): Resolution {
  const said = { subscribers: shown?.count ?? null, subscribersPrecision: shown?.precision ?? null };
  const { note, ...subscribers } = possibleSubscribers(said);
  const cause = note === '' ? page.cause : `${page.cause}; ${note}`;
  return { ...page, result: 'unidentified', ...subscribers, cause };
}

function failedResolution(pageId: number, failure: WebFailure): Resolution {
  const { kind, card, message: cause } = failure;
  if (kind === 'free_name') return { pageId, result: 'not_found', cause };
  if (kind === 'not_channel') return { pageId, result: 'unresolved', is: failure.is, cause };
  if (card && kind === 'blocked') {
    return unidentified({ pageId, outcome: 'gone', state: kind, title: card.title, cause }, null);
  }
  if (card) {
    const page = { pageId, outcome: 'closed', state: 'closed', title: card.title, cause } as const;
    return unidentified(page, card.subscribers);
  }
  const { outcome } = outcomeOf(failure);
  return { pageId, result: 'failed', outcome: outcome === 'rate_limited' ? outcome : 'error', cause };
}

function resolutionOf(pageId: number, name: string, found: Found): Resolution {
  if (found instanceof WebFailure) return failedResolution(pageId, found);
  const { channelId, header, isEmpty, doubt } = found;
  const { title, subscribers } = header;
  if (channelId !== null) return { pageId, result: 'found', nativeId: channelId, name: header.name, title };
  if (!isEmpty) {
    const cause = `telegram: ${doubt?.detail ?? `the page of ${name} shows none of its messages`}`;
    return { pageId, result: 'failed', outcome: 'error', cause };
  }
  const cause = `telegram: the channel ${name} shows no message yet, by which its id could be known`;
  return unidentified({ pageId, outcome: 'empty', state: 'ok', title, cause }, subscribers);
}

/** The newest page of a name; one without a message is asked for once more, since it may be an odd answer. */
async function find(reader: Reader, name: string, signal?: AbortSignal): Promise<Found> {
  const question = { nativeId: null, before: null };
  try {
    const page = await readPreview(reader, name, question, signal);
    return page.isEmpty ? await readPreview(reader, name, question, signal) : page;
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
