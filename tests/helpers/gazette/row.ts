import type { NetworkDefinition } from '#domain/networks/definition.ts';
import { LinkRefused } from '#domain/page-link/refused.ts';

const origin = 'https://gazette.example';

function nameOf(word: string): string {
  if (!/^[a-z]+$/u.test(word)) throw new LinkRefused('not_a_page', 'this is no name of a gazette');
  return word;
}

/** The row of a network that is not there: wall newspapers, whose notices are passed on from one to the other. */
export const gazetteRow: NetworkDefinition = {
  label: { ru: 'Стенгазета', en: 'Gazette' },
  forms: {
    in: { ru: 'в Стенгазете', en: 'in Gazette' },
    at: { ru: 'в Стенгазете', en: 'Gazette' },
    of: { ru: 'Стенгазеты', en: 'Gazette' },
  },
  shortLabel: { ru: 'СГ', en: 'GZ' },
  mark: 'solid',
  pages: { ru: ['стенгазета', 'стенгазеты', 'стенгазет'], en: ['gazette', 'gazettes'] },
  place: 'page',
  headings: ['стенгазета'],
  addresses: {
    usual: { ru: ['gazette.example/имя'], en: ['gazette.example/name'] },
    examples: { ru: ['gazette.example/имя'], en: ['gazette.example/name'] },
    parse: (address, host) =>
      host === 'gazette.example' ? { nativeId: null, name: nameOf(address.pathname.slice(1)) } : null,
    parseWord: (word) => ({ nativeId: null, name: nameOf(word) }),
    page: (_nativeId, name) => name && `${origin}/${name}`,
    post: (_nativeId, name, postId) => name && `${origin}/${name}/${postId}`,
  },
  measured: { keySetting: 'GAZETTE_KEY', likes: 'reactions', reposts: 'forwards', repostsShowSource: true },
};
