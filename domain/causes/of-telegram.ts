import type { CauseRule } from './rule.ts';
import { otherWords, others, said } from './rule.ts';

const login = 'создайте новую командой npm run profpulse -- telegram login и впишите её в TELEGRAM_SESSIONS';
/** What Telegram says, by accounts and by its public pages. */
export const ofTelegram: readonly CauseRule[] = [
  said('make a new one by npm run profpulse -- telegram login, and put it into TELEGRAM_SESSIONS', login),
  ...Object.entries(others).map(([english, russian]) => said(english, russian)),
  [
    /^(.+) \(session (\d+) of TELEGRAM_SESSIONS\)$/su,
    ([what, number], say) => `${say(what ?? '')} (сессия ${number} из TELEGRAM_SESSIONS)`,
  ],
  [
    /^session (\d+) of TELEGRAM_SESSIONS(?:, ([\w.]+))?$/u,
    ([number, method]) => `сессия ${number} из TELEGRAM_SESSIONS${method ? `, ${method}` : ''}`,
  ],
  [
    /^telegram:(?:FLOOD_WAIT Telegram|429 (\S+)) wants to be left alone(?: for (\d+) s)?$/u,
    ([host, seconds]) => `${host || 'Telegram'} просит подождать${seconds ? ` ${seconds} с` : ''}`,
  ],
  [
    /^telegram:([A-Z][A-Z0-9_]*)(?:: (\S+))?$/u,
    ([word, name]) => `Telegram ответил ${word}${name ? ` (${name})` : ''}`,
  ],
  [
    /^telegram:([A-Z][A-Z0-9_]*) (.+)$/su,
    ([word, what], say) => `Telegram ответил ${word}: ${say(what ?? '')}`,
  ],
  [/^telegram: (.+)$/su, ([what], say) => `Telegram: ${say(what ?? '')}`],
  [
    new RegExp(
      '^(.+): make a new one by npm run profpulse -- telegram login, and put it into TELEGRAM_SESSIONS$',
      'u',
    ),
    ([what], say) => `${say(what ?? '')}: ${login}`,
  ],
  [
    new RegExp(
      '^(.+): use another, make a new one by npm run profpulse -- telegram login, and put it into TELEGRAM_SESSIONS$',
      'u',
    ),
    ([what], say) => `${say(what ?? '')}: ${login}`,
  ],
  said(
    'the session was used from two addresses at once and has been ended by Telegram',
    'сессией пользовались сразу с двух адресов, и Telegram её завершил',
  ),
  said('the account was deleted or banned', 'учётная запись удалена или заблокирована'),
  said(
    'the account was deleted or banned: use another, make a new one by npm run profpulse -- telegram login, and put it into TELEGRAM_SESSIONS',
    `учётная запись удалена или заблокирована: возьмите другую, ${login}`,
  ),
  said(
    'Telegram has frozen the account: see in Telegram itself why, or use another',
    'Telegram заморозил учётную запись: причина видна в самом Telegram; можно взять другую',
  ),
  said(
    'the session is a bot’s, and bots may not read channels',
    'сессия принадлежит боту, а ботам читать каналы нельзя',
  ),
  said('the login was not finished, its second factor is missing', 'вход не завершён: не пройден второй шаг'),
  said(
    'look at TELEGRAM_API_ID and TELEGRAM_API_HASH: they are those of my.telegram.org',
    'проверьте TELEGRAM_API_ID и TELEGRAM_API_HASH: они берутся на my.telegram.org',
  ),
  said(
    'the account belongs to another of Telegram’s servers now, where its session does not hold',
    'учётная запись переведена на другой сервер Telegram, где сессия не действует',
  ),
  said(
    'Telegram wants a newer client: update ProfPulse',
    'Telegram требует более нового клиента: обновите ПрофПульс',
  ),
  said('the channel lets nobody in but its members', 'канал открыт только участникам'),
  said('nobody has this name', 'это имя никому не принадлежит'),
  [/^nobody has this name: (\S+)$/u, ([name]) => `имя ${name} никому не принадлежит`],
  said('Telegram allows no such name', 'такого имени в Telegram не бывает'),
  [/^Telegram allows no such name: (\S+)$/u, ([name]) => `такого имени в Telegram не бывает: ${name}`],
  [
    /^the channel lets nobody in but its members: (\S+)$/u,
    ([name]) => `канал ${name} открыт только участникам`,
  ],
  said('the session has been ended', 'сессия завершена'),
  said(
    'the session is not whole: copy all of its one long line, or make a new one by npm run profpulse -- telegram login',
    'сессия неполная: скопируйте всю её длинную строку или создайте новую командой npm run profpulse -- telegram login',
  ),
  said(
    'no session of Telegram is set: make one by npm run profpulse -- telegram login',
    'сессия Telegram не задана: создайте её командой npm run profpulse -- telegram login',
  ),
  [
    /^quota: all (\d+) names that an account may look up in a day are used up$/u,
    ([count]) => `квота: все ${count} имён, которые учётная запись может найти за день, исчерпаны`,
  ],
  said('the others come tomorrow', 'остальные — завтра'),
  said('the server did not take a message as it was sent', 'сервер не принял сообщение'),
  said('the server had trouble of its own', 'на сервере сбой'),
  said('nobody is registered with this number', 'с этим номером никто не зарегистрирован'),
  [/^no code was sent \((.+)\)$/u, ([what]) => `код не отправлен (${what})`],
  [/^(\S+) is not a channel but (.+)$/u, ([name, what]) => `${name} — не канал: ${otherWords(what ?? '')}`],
  [
    /^the channel (?:(\S+) )?is blocked \((.+)\)$/u,
    ([name, why]) => `канал ${name ? `${name} ` : ''}заблокирован («${why}»)`,
  ],
  [/^the channel (\d+) is now (.+)$/u, ([id, what]) => `канал ${id} теперь ${otherWords(what ?? '')}`],
  [/^the channel (\d+)$/u, ([id]) => `канал ${id}`],
  [
    /^the channel (\S+) shows no preview: read it by an account \(telegram login\)$/u,
    ([name]) => `у канала ${name} нет открытого просмотра: читать его можно учётной записью (telegram login)`,
  ],
  [
    /^the channel (\d+) has no name by which t\.me would show it: read it by an account \(telegram login\)$/u,
    ([id]) =>
      `у канала ${id} нет имени, по которому его показал бы t.me: читать его можно учётной записью (telegram login)`,
  ],
  [
    /^the channel (\d+) has no name to ask by$/u,
    ([id]) => `у канала ${id} нет имени, по которому можно спросить`,
  ],
  [
    /^the name (\S*) leads to (.+) now, the page was the channel (\d+)$/u,
    ([name, to, id], say) =>
      `имя ${name} теперь ведёт не туда (${say(to ?? '')}), а страница была каналом ${id}`,
  ],
  [
    /^the name (\S+) leads to the channel (\d+) now$/u,
    ([name, id]) => `имя ${name} теперь ведёт на канал ${id}`,
  ],
  [
    /^the name (\S+) leads to the home page of Telegram: nobody has it$/u,
    ([name]) => `имя ${name} ведёт на главную страницу Telegram: оно никому не принадлежит`,
  ],
  [
    /^the channel (\S+) shows no message yet, by which its id could be known$/u,
    ([name]) => `в канале ${name} ещё нет сообщений, по которым можно узнать его номер`,
  ],
  [/^the page of (\S+) shows none of its messages$/u, ([name]) => `на странице ${name} нет её сообщений`],
  [
    /^no account has a key to the channel (\d+) that holds, and (.+)$/su,
    ([id, why], say) => `ни у одной учётной записи нет действующего ключа к каналу ${id}: ${say(why ?? '')}`,
  ],
  said('it has no name to find it by', 'имени, по которому его найти, у него нет'),
  [
    /^nobody has the name (\S+)\. If the channel has another name now, correct it$/u,
    ([name]) => `имя ${name} никому не принадлежит. Если канал сменил имя, исправьте его`,
  ],
  [
    /^the page of (\S+) tells nothing: (.+)$/su,
    ([name, why], say) => `страница ${name} ничего не говорит: ${say(why ?? '')}`,
  ],
  said('it is the home page of Telegram', 'это главная страница Telegram'),
  said('it is no page of one message', 'это не страница одного сообщения'),
  [/^it says "(.*)"$/su, ([what]) => `на ней написано «${what}»`],
  [/^it shows the message (\S+)$/u, ([what]) => `на ней сообщение ${what}`],
  said('its message is of another channel', 'сообщение на ней из другого канала'),
  said('the page is cut off', 'страница оборвана'),
  [
    /^(\S+) only leads on to (\S+): set TELEGRAM_WEB_URL=(\S+)$/u,
    ([from, to]) => `${from} лишь перенаправляет на ${to}: задайте TELEGRAM_WEB_URL=${to}`,
  ],
];
