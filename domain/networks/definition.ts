import type { Said } from '../said.ts';

/** What an address of a page tells: its native id, or its name (in lower case without @), or only where it is. */
export interface LinkedPage {
  nativeId: number | null;
  name: string | null;
}

/** How the addresses of a network's pages and posts are read and written. */
export interface AddressForms {
  /** What most people write, for a hint; the first alone where there is little room. */
  readonly usual: Readonly<Record<'ru' | 'en', readonly string[]>>;
  /** Links that are understood, as examples for people. */
  readonly examples: Readonly<Record<'ru' | 'en', readonly string[]>>;
  /**
   * The page that an address leads to; `null` when the host (without `www.`) is none of the network's. Throws `LinkRefused`
   * for addresses of the network that lead to no page.
   */
  parse(address: URL, host: string): LinkedPage | null;
  /** The page that a word without a host names, in lower case without @. Throws `LinkRefused`. */
  parseWord(word: string): LinkedPage;
  /** Whether a word can only be of this network: `club1` says that it is VK's. */
  owns?(word: string): boolean;
  /** The word that the network's own markup of a mention (`[club1|name]`) holds; `null` when the text is none. */
  mention?(text: string): string | null;
  /** The link that an address of the network passes on to; `null` when it does not. */
  passesTo?(address: URL, host: string): string | null;
  /** The usual address of a page; `null` when what is known of it makes none. */
  page(nativeId: number | null, name: string | null): string | null;
  /** The address of a post of a page; `postId` is the network's own, without the owner. `null` as with `page`. */
  post(nativeId: number | null, name: string | null, postId: number): string | null;
}

/** A noun in the forms that counts take: Russian one, few, many; English one, many. */
export interface CountedNoun {
  readonly ru: readonly [one: string, few: string, many: string];
  readonly en: readonly [one: string, many: string];
}

/** A network's name as sentences hold it. */
export interface NetworkForms {
  /** Where something is done or published: «во ВКонтакте», "on VK". */
  readonly in: Said;
  /** Where a page is, right after the word for it: «страницы ВКонтакте», «страницы в Telegram»; in English its name. */
  readonly at: Said;
  /** Whose something is: «ключ ВКонтакте», "the key of VK". */
  readonly of: Said;
}

/** Everything about a network that is no code of its source. */
export interface NetworkDefinition {
  /** Its name, as its readers say it. */
  readonly label: Said;
  /** Its name in the forms that sentences take. */
  readonly forms: NetworkForms;
  /** What stands for it where there is no room for its name. */
  readonly shortLabel: Said;
  /** The line around its short label. */
  readonly mark: 'solid' | 'dashed';
  /** What one page of it is, by count. */
  readonly pages: CountedNoun;
  /** What one opens and closes there. */
  readonly place: 'wall' | 'channel' | 'page';
  /** Headings of its column in a register file besides its own word, in plain words (`register/columns.ts`). */
  readonly headings: readonly string[];
  readonly addresses: AddressForms;
  /** How it is read and what its counters mean; `null` when it is entered by hand and not read. */
  readonly measured: MeasuredFacts | null;
}

/** What is true of the counters of a network that is read. */
export interface MeasuredFacts {
  /** The setting without which none of its pages is read; `null` when it is read without a key as well. */
  readonly keySetting: string | null;
  /** What the counter `likes` counts there. */
  readonly likes: 'likes' | 'reactions';
  /** What the counter `reposts` counts there. */
  readonly reposts: 'reposts' | 'forwards';
  /**
   * Whether a repost shows the views and reposts of its source. They belong to somebody else then, and count as not known
   * for the page that passed it on.
   */
  readonly repostsShowSource: boolean;
}
