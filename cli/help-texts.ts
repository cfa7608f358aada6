import type { Said } from '#domain/said.ts';

/** What `--help` says of the tool, its commands and their options. */
export const helpTexts = {
  tool: {
    ru: 'ПрофПульс: собирает и хранит публичные страницы профобъединения и сравнивает, насколько они активны.',
    en: 'ProfPulse: collects, keeps and ranks the public pages of a trade union federation.',
  },
  help: { ru: 'показать эту справку', en: 'show this help' },
  helpCommand: { ru: 'показать справку по команде', en: 'show the help of a command' },
  version: { ru: 'показать версию', en: 'show the version' },
  allCommands: { ru: 'Все команды', en: 'All commands' },
  output: {
    ru: 'записать в этот файл; читать его сможет только владелец',
    en: 'write it into this file instead, which only its owner reads',
  },
  onlyPage: { ru: 'только эту страницу', en: 'only this page' },
  collect: {
    ru: 'прочитать все страницы или одну сейчас и закончить',
    en: 'read all pages now, or one, and end',
  },
  slot: {
    ru: 'за этот срок, например 2026-03-02T09:00; страницы, у которых в нём уже есть итог, не читаются',
    en: 'for this planned time, e.g. 2026-03-02T09:00; pages that have an outcome in it are left',
  },
  import: {
    ru: 'принять организации, людей и страницы из файла',
    en: 'take over organisations, people and pages from a file',
  },
  importFile: { ru: 'реестр в формате .csv или .xlsx', en: 'the register as .csv or .xlsx' },
  dryRun: {
    ru: 'показать, что изменится, и ничего не менять',
    en: 'show what would change, and change nothing',
  },
  skipBad: {
    ru: 'пропустить неверные строки и принять остальные',
    en: 'leave out bad rows and take the others',
  },
  export: { ru: 'вывести реестр в формате CSV', en: 'print the register as CSV' },
  leaderboard: { ru: 'вывести рейтинг за период', en: 'print the ranking of a period' },
  from: { ru: 'первый день, например 2026-01-01', en: 'first local day, e.g. 2026-01-01' },
  to: { ru: 'последний день, включительно', en: 'last local day, inclusive' },
  format: { ru: 'в каком виде', en: 'how to print it' },
  doctor: {
    ru: 'проверить установку и сказать, что делать',
    en: 'check the installation and say what to do',
  },
  repair: {
    ru: 'прочитать заново всю историю всех страниц или одной: находит пропущенное и ошибочно удалённое',
    en: 'read the whole past of all pages, or of one, once more: finds what is missing or wrongly deleted',
  },
  rollups: { ru: 'итоги по дням и месяцам', en: 'the counts by day and month' },
  verify: {
    ru: 'подсчитать их заново по публикациям и назвать расхождения',
    en: 'count them again from the posts and name what differs',
  },
  audit: { ru: 'журнал правок', en: 'the journal of edits' },
  auditVerify: {
    ru: 'проверить, что записи журнала никто не изменял и не удалял',
    en: 'check that nobody changed or removed an entry of the journal',
  },
  auditHead: {
    ru: 'и что в журнале есть запись с этим хешем, взятым из лога: так видно, не обрезан ли конец',
    en: 'and that it has the entry of this hash, from the log: so an end that was cut off is seen',
  },
  secrets: { ru: 'секреты, зашифрованные в базе', en: 'the secrets that are encrypted in the database' },
  secretsRotate: {
    ru: 'зашифровать их новым ключом',
    en: 'encrypt them with another key',
  },
  secretsLost: {
    ru: 'прежний ключ потерян: начать с новым, второй шаг входа у всех удалить',
    en: 'the former key is lost: begin with another, and remove the second step of all logins',
  },
  user: { ru: 'кто может войти в веб-интерфейс', en: 'who can sign in to the dashboard' },
  userAdd: {
    ru: 'пригласить человека: печатает ссылку, по которой он задаст пароль',
    en: 'invite somebody: prints the link by which they set a password',
  },
  userReset: {
    ru: 'дать человеку ссылку, по которой он задаст новый пароль; второй шаг входа она убирает',
    en: 'give somebody a link to set another password; it takes the second step of the login away',
  },
  userEmail: { ru: 'адрес, с которым он будет входить', en: 'the address they sign in with' },
  userName: { ru: 'имя и фамилия', en: 'their name' },
  userRole: { ru: 'роль', en: 'their role' },
  userOrganisation: {
    ru: 'организация, для ролей member_editor и organisation: название или "№ 12"',
    en: 'the organisation, for the roles member_editor and organisation: its name, or "№ 12"',
  },
  userPerson: {
    ru: 'кто это в реестре: имя, почта или "№ 12"; без этого ищется по адресу почты',
    en: 'who of the register it is: name, address or "№ 12"; without it the e-mail address tells',
  },
  token: {
    ru: 'ключи, по которым другие программы читают API',
    en: 'keys by which other programs read the API',
  },
  tokenCreate: {
    ru: 'создать ключ: печатает его один раз',
    en: 'make a key: prints it, this once',
  },
  tokenName: { ru: 'для кого или чего он', en: 'whom or what it is for' },
  tokenUntil: {
    ru: 'последний день, когда он действует; если не указать, то через год',
    en: 'the last day on which it works; a year from now when not said',
  },
  telegram: {
    ru: 'учётные записи, от имени которых читается Telegram',
    en: 'the accounts that read Telegram',
  },
  login: { ru: 'войти в Telegram и получить строку входа', en: 'sign an account in, and print its session' },
  saveTo: {
    ru: 'записать строку входа в этот файл; читать его сможет только владелец',
    en: 'write the session into this file, which only its owner reads',
  },
  force: { ru: 'заменить файл, если он уже есть', en: 'replace the file when it is there' },
  loginMore: {
    ru: `
Спросит номер телефона, код, который Telegram пришлёт в приложение, и пароль двухэтапной аутентификации, если он есть. Нужны
TELEGRAM_API_ID и TELEGRAM_API_HASH со страницы https://my.telegram.org (раздел «API development tools»), а если сеть
организации выпускает наружу только через прокси, то и TELEGRAM_PROXY. В Telegram команда ничего не пишет. По шагам:
docs/telegram.md.`,
    en: `
Asks for the phone number, the code that Telegram sends to the app, and the password of two-step verification where there
is one. Needs TELEGRAM_API_ID and TELEGRAM_API_HASH from https://my.telegram.org ("API development tools"), and
TELEGRAM_PROXY where the network lets out only through a proxy. Writes nothing into Telegram. Step by step: docs/telegram.md.`,
  },
} as const satisfies Record<string, Said>;

/** What stands for a value. */
export const valueTexts = {
  file: { ru: '<файл>', en: '<file>' },
  link: { ru: '<ссылка>', en: '<link>' },
  time: { ru: '<время>', en: '<time>' },
  day: { ru: '<день>', en: '<day>' },
  format: { ru: '<вид>', en: '<format>' },
  email: { ru: '<почта>', en: '<email>' },
  name: { ru: '<имя>', en: '<name>' },
  hash: { ru: '<хеш>', en: '<hash>' },
  role: { ru: '<роль>', en: '<role>' },
} as const satisfies Record<string, Said>;
