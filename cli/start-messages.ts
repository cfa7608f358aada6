import {
  measuredFacts,
  measuredNetworks,
  networkDefinition,
  type MeasuredNetwork,
} from '#domain/networks.ts';
import { joinNetworks } from '#domain/networks/names.ts';
import { dayLabel, type Locale } from './messages.ts';

/** A line for people on standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What a start says to whoever watches it. */
export interface StartMessages {
  building: string;
  address(url: string): string;
  loopback: string;
  open: string;
  /** Links are written with an address of this machine. */
  noPublicUrl: string;
  /** The one-time link by which the first administrator is made. */
  claim(link: string): string;
  /** That the key of a network is not set. */
  noKey(network: MeasuredNetwork): string;
  /** Where the log is, when it does not stand between these sentences. */
  log(file: string): string;
  stop: string;
  shutdown: string;
  demoWorld(organisations: number): string;
  demoHistory(step: number, steps: number, day: string, posts: number): string;
  demoAggregation: string;
  demoReady(seconds: number): string;
  /** Contacts and edits are hidden, because everybody may read the demo. */
  demoHidden: string;
}

const russian: StartMessages = {
  building: 'Собирается веб-интерфейс (один раз, около минуты)...',
  address: (url) => `ПрофПульс: ${url}`,
  loopback: 'Открыт только для этого компьютера (HOST не задан).',
  open: 'Веб-интерфейс доступен по сети. Войти могут те, кого пригласили.',
  noPublicUrl:
    'PUBLIC_URL не задан: ссылки в этом окне годятся только на этом компьютере. Укажите адрес, по которому вас открывают другие.',
  claim: (link) =>
    `Администратора ещё нет. Откройте эту ссылку и создайте его: ${link}\nСсылка действует сутки и один раз; при новом запуске она другая.`,
  noKey: (network) => {
    const name = networkDefinition(network).forms.of.ru;
    return `Ключ ${name} не задан (${measuredFacts(network).keySetting}): страницы ${name} не читаются. Как получить ключ, написано в README.ru.md.`;
  },
  log: (file) => `Журнал: ${file}`,
  stop: 'Остановить: Ctrl+C.',
  shutdown: 'Завершается...',
  demoWorld: (organisations) =>
    `Демонстрация: вымышленная федерация, ${organisations} организаций, полгода истории. ${joinNetworks(measuredNetworks, 'label', 'ru')} имитируются на этом компьютере.`,
  demoHistory: (step, steps, day, posts) =>
    `Сбор ${step} из ${steps}: ${dayLabel(day, 'ru')}, публикаций прочитано ${posts.toLocaleString('ru')}`,
  demoAggregation: 'Подсчёт показателей и мест...',
  demoReady: (seconds) => `Готово за ${seconds.toLocaleString('ru')} с.`,
  demoHidden:
    'Показано то, что видно всем. С телефонами, напоминаниями и правками: «Смотреть как» в меню страницы.',
};

const english: StartMessages = {
  building: 'Building the dashboard (once, about a minute)...',
  address: (url) => `ProfPulse: ${url}`,
  loopback: 'Open to this computer only (HOST is not set).',
  open: 'The site can be reached over the network. Those who were invited can sign in.',
  noPublicUrl:
    'PUBLIC_URL is not set: links in this window are good for this computer alone. Set the address by which others reach you.',
  claim: (link) =>
    `There is no administrator yet. Open this link and make one: ${link}\nIt works for a day, and once; a new start makes another.`,
  noKey: (network) =>
    `${measuredFacts(network).keySetting} is not set: pages of ${networkDefinition(network).forms.of.en} are not read. README.md says how to get a key.`,
  log: (file) => `Log: ${file}`,
  stop: 'Stop it with Ctrl+C.',
  shutdown: 'Ending...',
  demoWorld: (organisations) =>
    `Demo: a made-up federation of ${organisations} organisations with half a year of history. ${joinNetworks(measuredNetworks, 'label', 'en')} are simulated on this computer.`,
  demoHistory: (step, steps, day, posts) =>
    `Collection ${step} of ${steps}: ${day}, ${posts.toLocaleString('en')} posts read`,
  demoAggregation: 'Counting measures and places...',
  demoReady: (seconds) => `Ready in ${seconds.toLocaleString('en')} s.`,
  demoHidden:
    'Shown is what everybody may see. With phones, reminders and edits: "Look as" in the menu of the page.',
};

/** The messages of a start in the language of `LOCALE`. */
export function startMessages(locale: Locale): StartMessages {
  return locale === 'ru' ? russian : english;
}
