import type { Look, LookRequest, Source } from '#collector/source.ts';
import { mapConcurrently } from '#collector/sources/kit/concurrency.ts';
import { LookAccumulator } from '#collector/sources/kit/look-accumulator.ts';
import type { Clock } from '#domain/clock.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import { mapNotice, type Gazette } from './map.ts';

/** The network of gazettes, which a row of the table makes one. */
export const gazettes = 'gazette' as MeasuredNetwork;

/** Reads gazettes: one answer has the whole of one. `answers` has them by name. */
export function createGazetteSource(answers: ReadonlyMap<string, Gazette>, clock: Clock): Source {
  const lookAt = async ({ pageId, name }: LookRequest): Promise<Look> => {
    const started = clock.now();
    const answer = answers.get(name ?? '');
    const seen = new LookAccumulator();
    if (!answer) {
      const failure = { outcome: 'gone', state: 'deleted', cause: 'gazette: it hangs no more' } as const;
      return seen.toLook({ pageId, profile: null, started, observed: started }, null, failure);
    }
    const posts = answer.notices.map(mapNotice);
    const ids = posts.map(({ postId }) => postId);
    seen.add({ posts, ids, dropped: {}, oldest: null, inOrder: true }, 'proven');
    const { title, subscribers } = answer;
    const profile = { name, title, subscribers, subscribersPrecision: 'exact' } as const;
    return seen.toLook({ pageId, profile, started, observed: clock.now() }, seen.window(), null);
  };
  return {
    network: gazettes,
    settings: [],
    looksPerDay: null,
    looksUsed: async () => 0,
    confirmAtOnce: 10,
    resolve: async function* (pages) {
      for (const { pageId, name } of pages) {
        const answer = answers.get(name ?? '');
        yield answer
          ? { pageId, result: 'found', nativeId: answer.id, name, title: answer.title }
          : { pageId, result: 'not_found', cause: 'gazette: no such name' };
      }
    },
    look: (requests) => {
      const waiting = [...requests];
      return mapConcurrently(() => waiting.shift(), lookAt, 4);
    },
    history: async function* (requests) {
      for (const { pageId, place } of requests) {
        const seen = { posts: [], dropped: {}, oldest: null, place, doubt: null, note: '', cause: '' };
        yield { pageId, observed: clock.now(), reached: 'proven', ...seen };
      }
    },
    confirm: async ({ name, ids }) => {
      const posts = (answers.get(name ?? '')?.notices ?? []).map(mapNotice);
      const there = posts.filter(({ postId }) => ids.includes(postId));
      const isThere = (id: number): boolean => there.some(({ postId }) => postId === id);
      const known = { there: ids.filter(isThere), gone: ids.filter((id) => !isThere(id)) };
      return { observed: clock.now(), ...known, posts: there, cause: '' };
    },
    retryParked: () => undefined,
  };
}
