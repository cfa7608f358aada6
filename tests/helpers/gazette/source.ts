import type { Look, LookRequest, Source } from '../../../collector/source.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { MeasuredNetwork } from '../../../domain/networks.ts';
import { mapNotice, type Gazette } from './map.ts';

/** The network of gazettes, which a row of the table makes one. */
export const gazettes = 'gazette' as MeasuredNetwork;

/** Reads gazettes: one answer has the whole of one. `answers` has them by name. */
export function createGazetteSource(answers: ReadonlyMap<string, Gazette>, clock: Clock): Source {
  const lookAt = ({ pageId, name }: LookRequest): Look => {
    const answer = answers.get(name ?? '');
    const common = {
      pageId,
      started: clock.now(),
      observed: clock.now(),
      removed: [],
      dropped: {},
      note: '',
    };
    if (!answer) {
      const cause = 'gazette: it hangs no more';
      return { ...common, outcome: 'gone', cause, state: 'deleted', ...nothing };
    }
    const posts = answer.notices.map(mapNotice);
    const { title, subscribers } = answer;
    return {
      ...common,
      outcome: posts.length > 0 ? 'ok' : 'empty',
      cause: '',
      state: 'ok',
      profile: { name, title, subscribers, subscribersPrecision: 'exact' },
      posts,
      window: { after: null, ids: posts.map(({ postId }) => postId), proof: 'proven' },
      doubt: null,
    };
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
    look: async function* (requests) {
      for (const request of requests) yield lookAt(request);
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

const nothing = { profile: null, posts: [], window: null, doubt: null } as const;
