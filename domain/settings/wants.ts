import type { Said } from '../said.ts';

/** What settings of a form of their own are wanted to be. */
export const wants = {
  http: {
    ru: 'адрес, который начинается с http:// или https://',
    en: 'an address that begins with http:// or https://',
  },
  hostName: { ru: 'имя узла или IP-адрес', en: 'a host name or an IP address' },
  networks: { ru: 'IP-адреса или сети через запятую', en: 'IP addresses or networks split by commas' },
  directory: { ru: 'папка', en: 'a directory' },
  database: {
    ru: 'латинские буквы, цифры и _, первой — буква',
    en: 'letters, digits and _, beginning with a letter',
  },
  cluster: { ru: 'латинские буквы, цифры, _ и -, первой — буква', en: 'letters, digits, _ and -' },
  postgres: { ru: 'адрес, который начинается с postgres://', en: 'an address that begins with postgres://' },
  encoded: {
    ru: 'в имени и пароле внутри адреса особые знаки записаны так: / — %2F, ? — %3F, # — %23, @ — %40, : — %3A, % — %25',
    en: 'special characters in the user and password of an address to be written as: / %2F, ? %3F, # %23, @ %40, : %3A, % %25',
  },
  secret: { ru: 'не меньше 32 знаков', en: 'at least 32 characters' },
  key: {
    ru: '32 байта в base64 (44 знака) или в шестнадцатеричном виде (64)',
    en: '32 bytes as base64 (44 characters) or hexadecimal (64)',
  },
  vkKeys: {
    ru: 'ключи доступа ВКонтакте через запятую; в ключе только латинские буквы, цифры, точки, _ и -, без пробелов внутри',
    en: 'access keys of VK split by commas; a key has only Latin letters, digits, dots, _ and -, and no spaces in it',
  },
  hash: { ru: '32 шестнадцатеричных знака', en: '32 hexadecimal characters' },
  sessions: {
    ru: 'входы, полученные командой telegram login, через запятую',
    en: 'sessions made by "telegram login", split by commas',
  },
  telegramProxy: {
    ru: 'socks5://адрес:порт или mtproxy://адрес:порт/секрет (секрет обычный или начинается с dd)',
    en: 'socks5://host:port or mtproxy://host:port/secret (a plain or dd secret)',
  },
  webProxy: {
    ru: 'адрес, который начинается с http://, https:// или socks5://',
    en: 'an address that begins with http://, https:// or socks5://',
  },
  bot: {
    ru: 'ключ вида 123456789:AA..., от @BotFather',
    en: 'a key such as 123456789:AA..., from @BotFather',
  },
  smtp: {
    ru: 'адрес, который начинается с smtp:// или smtps://',
    en: 'an address that begins with smtp:// or smtps://',
  },
  mail: { ru: 'адрес электронной почты, с именем или без', en: 'an e-mail address, with a name or without' },
  imap: {
    ru: 'адрес, который начинается с imap:// или imaps://',
    en: 'an address that begins with imap:// or imaps://',
  },
} as const satisfies Record<string, Said>;
