import { isMeasuredNetwork, measuredNetworks, type Network } from '#domain/networks.ts';
import { listPages, type Page } from '#schema/operations/pages.ts';
import { WrongArguments } from '../failures.ts';
import { countedPages } from '../messages.ts';
import type { Services } from '../services.ts';
import { wordsOf } from './findings.ts';
import { forWantOfKey } from './key-labels.ts';

type Reading = Pick<Services, 'sources' | 'settings'>;

/** Pages of the register whose network is not set up to be read. Sites are read by nobody yet, and do not count. */
export async function unreadPages(services: Reading & Pick<Services, 'operations'>): Promise<Page[]> {
  const pages = await listPages(services.operations);
  return pages.filter(({ network }) => isMeasuredNetwork(network) && !isRead(services, network));
}

function isRead({ sources }: Pick<Services, 'sources'>, network: Network): boolean {
  return sources.some((source) => source.network === network);
}

/** That such pages were left out, how many, and why: a line for each of their networks. */
export function unreadText(pages: readonly Page[], { settings }: Pick<Services, 'settings'>): string {
  const words = wordsOf(settings.LOCALE);
  return measuredNetworks
    .flatMap((network) => {
      const count = pages.filter((page) => page.network === network).length;
      if (count === 0) return [];
      const left = words(
        `Не прочитано: ${countedPages(count, network, 'ru')}`,
        `Not read: ${countedPages(count, network, 'en')}`,
      );
      return `${left}: ${forWantOfKey(network, words)}`;
    })
    .join('\n');
}

/** Throws `WrongArguments` for a page that cannot be read as things are set up, with the one cause. */
export function refuseUnread({ sources }: Pick<Services, 'sources'>, { network, link }: Page): void {
  if (isRead({ sources }, network)) return;
  if (isMeasuredNetwork(network)) {
    const reason = (locale: 'ru' | 'en'): string => forWantOfKey(network, wordsOf(locale));
    throw new WrongArguments({
      ru: `Страницу ${link} не прочитать: ${reason('ru')}`,
      en: `The page ${link} cannot be read: ${reason('en')}`,
    });
  }
  throw new WrongArguments({
    ru: `${link} — сайт, а сайты пока не читаются.`,
    en: `${link} is a site, and sites are not read yet.`,
  });
}
