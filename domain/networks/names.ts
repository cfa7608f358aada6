import {
  measuredFacts,
  measuredNetworks,
  networkDefinition,
  sourceShowingNetworks,
  type Network,
} from '../networks.ts';
import type { Said } from '../said.ts';
import type { MeasuredFacts, NetworkForms } from './definition.ts';

type Locale = keyof Said;
/** How names are joined: «и», «или». */
export type Joining = 'conjunction' | 'disjunction';

/** Networks by their names, or in a form that a sentence takes: «ВКонтакте и в Telegram», "VK or Telegram". */
export function joinNetworks(
  networks: readonly Network[],
  form: keyof NetworkForms | 'label',
  locale: Locale,
  type: Joining = 'conjunction',
): string {
  const names = networks.map((network) => {
    const { label, forms } = networkDefinition(network);
    return (form === 'label' ? label : forms[form])[locale];
  });
  return new Intl.ListFormat(locale, { type }).format(names);
}

const likes: Readonly<Record<MeasuredFacts['likes'], { ru: string; en: string }>> = {
  likes: { ru: 'отметки «нравится»', en: 'likes of' },
  reactions: { ru: 'реакции', en: 'reactions of' },
};

/** What is counted as a like, of all networks that are read: «отметки «нравится» ВКонтакте или реакции в Telegram». */
export function likesByNetwork(locale: Locale): string {
  const kinds = Map.groupBy(measuredNetworks, (network) => measuredFacts(network).likes);
  const each = [...kinds].map(
    ([kind, networks]) => `${likes[kind][locale]} ${joinNetworks(networks, 'at', locale)}`,
  );
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(each);
}

/** The networks whose reposts show the counters of their source: a message passed on «в Telegram», a "Telegram" message. */
export const sourceShowing: Said = {
  ru: joinNetworks(sourceShowingNetworks, 'in', 'ru'),
  en: joinNetworks(sourceShowingNetworks, 'label', 'en'),
};
