import { z } from 'zod';

import { isAllowedDay } from '../allowed-days.ts';
import {
  address,
  addressWithPassword,
  cron,
  form,
  list,
  oneOf,
  positiveNumber,
  text,
  wholeNumber,
  yesOrNo,
  zone,
} from './values.ts';
import { wanted } from './wanted.ts';
import { wants } from './wants.ts';

/** One setting as declared: everything the documentation, `.env.example` and the check at the start are made from. */
interface Declaration {
  schema: z.ZodType<unknown, string>;
  /** The value when nothing is set, in the form it is written in; absent when unset means "not used". */
  default?: string;
  /** What the default is, where it is computed at the start. */
  computedDefault?: string;
  description: string;
  /** Why the value has the bounds it has. */
  bounds?: string;
  /** A valid value, for the documentation. */
  example?: string;
  secret?: true;
}

function declare<const Declarations extends Record<string, Declaration>>(
  declarations: Declarations,
): Declarations {
  return declarations;
}

const httpAddress = address(['http', 'https'], wants.http);
const ipAddress = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** The earliest day a post can have: VK opened on 10 October 2006. */
const earliestHistory = '2006-10-10';

/** Every setting there is, by its name in the environment. */
export const declarations = declare({
  PORT: {
    schema: wholeNumber(0, 65_535),
    default: '3000',
    description: 'Port the dashboard listens on; 0 takes any free one.',
    bounds: 'TCP knows ports up to 65535.',
  },
  HOST: {
    schema: form(wants.hostName, /^[\p{L}\p{N}.:_%-]+$/u),
    default: '127.0.0.1',
    description:
      'Address the dashboard listens on, and one of the names it answers to. Over a network nobody sees anything before the first administrator is made.',
    bounds: 'By default only this machine can reach it.',
    example: '0.0.0.0',
  },
  PUBLIC_URL: {
    schema: httpAddress,
    description:
      'Address under which people reach the dashboard, without a path: for links, for secure cookies, and because requests to foreign names are refused.',
    example: 'https://pulse.example.ru',
  },
  TRUSTED_PROXY: {
    schema: list(wants.networks, (item) => ipAddress.safeParse(item).success),
    description: 'Addresses of the proxy in front, whose forwarding headers are believed.',
    example: '127.0.0.1,10.0.0.0/8',
  },
  DATA_DIR: {
    schema: text(wants.directory),
    default: './data',
    description: 'Directory for the embedded databases. One process at a time holds it.',
  },
  ROLE: {
    schema: oneOf(['all', 'web', 'worker']),
    default: 'all',
    description: 'What this process does: everything, only the dashboard, or only collecting.',
    bounds: 'web and worker share their databases, so they need CLICKHOUSE_URL and OPERATIONS_DATABASE_URL.',
  },
  TIMEZONE: {
    schema: zone,
    default: 'Asia/Irkutsk',
    description: "The federation's time zone: days, weeks and schedules are in it.",
  },
  LOCALE: {
    schema: oneOf(['ru', 'en']),
    default: 'ru',
    description: 'Language of the dashboard for whoever has not chosen one.',
  },
  CLICKHOUSE_URL: {
    schema: addressWithPassword(['http', 'https'], wants.http),
    description:
      'Address of a ClickHouse server, with user and password; unset, the embedded engine in DATA_DIR serves.',
    example: 'http://profpulse:password@127.0.0.1:8123',
    secret: true,
  },
  CLICKHOUSE_DATABASE: {
    schema: form(wants.database, /^[A-Za-z][A-Za-z0-9_]{0,63}$/u),
    default: 'profpulse',
    description: 'Database in ClickHouse.',
    bounds: 'It is made when missing, so its name has to be a plain identifier.',
  },
  CLICKHOUSE_CLUSTER: {
    schema: form(wants.cluster, /^[A-Za-z][A-Za-z0-9_-]{0,63}$/u),
    description: 'Cluster of ClickHouse to make the tables on; needs CLICKHOUSE_URL.',
    example: 'main',
  },
  OPERATIONS_DATABASE_URL: {
    schema: addressWithPassword(['postgres', 'postgresql'], wants.postgres),
    description: 'PostgreSQL for register, people and settings; unset, SQLite in DATA_DIR serves.',
    bounds: 'In user and password the characters / ? # @ : % are written as %2F %3F %23 %40 %3A %25.',
    example: 'postgres://profpulse:password@127.0.0.1:5432/profpulse',
    secret: true,
  },
  OPERATIONS_DATABASE_CONNECTIONS: {
    schema: wholeNumber(1, 1000),
    default: '10',
    description: 'Connections to PostgreSQL that each process opens at most.',
    bounds:
      'All processes together have to stay below max_connections of the server; whoever finds none free waits.',
  },
  LEASE_SECONDS: {
    schema: wholeNumber(3, 3600),
    default: '60',
    description:
      'How long a process that shares its databases may give no sign of life until another takes its work over. The same for all of them.',
    bounds: 'Less than 3 seconds would be taken for silence in an ordinary pause.',
  },
  AUTH_SECRET: {
    schema: text(wants.secret, 32),
    description:
      'Signs sessions. Whoever knows it can sign in as anybody. Unset, one is made and kept beside the data.',
    bounds: 'Under 32 characters it could be guessed.',
    example: 'made by: openssl rand -base64 32',
    secret: true,
  },
  ENCRYPTION_KEY: {
    schema: form(wants.key, /^(?:[A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64})$/u),
    description:
      'Encrypts secrets kept in the database: second steps of logins, and what sessions are signed with. Unset, a key is made and kept beside the data; where both databases are served there is no such place, and secrets stay unencrypted.',
    bounds: 'AES-256 takes a key of 32 bytes.',
    example: 'made by: openssl rand -hex 32',
    secret: true,
  },
  ENCRYPTION_KEY_BEFORE: {
    schema: form(wants.key, /^(?:[A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64})$/u),
    description:
      'The former ENCRYPTION_KEY while it is being changed, until "profpulse secrets rotate" has been given.',
    bounds: 'AES-256 takes a key of 32 bytes.',
    secret: true,
  },
  VK_TOKENS: {
    schema: list(wants.vkKeys, (item) => /^[\x21-\x7e]+$/u.test(item)),
    description: 'Service keys of applications of VK, split by commas. Unset, VK is not read.',
    secret: true,
  },
  VK_API_URL: {
    schema: httpAddress,
    default: 'https://api.vk.ru/method',
    description: "Address of VK's programming interface.",
  },
  VK_RPS: {
    schema: positiveNumber(1000),
    default: '3',
    description: 'Requests to VK in a second, for each key.',
    bounds: 'VK allows 3 to an ordinary key and more to large applications.',
  },
  VK_DAILY_QUOTA: {
    schema: wholeNumber(1, 10_000_000),
    default: '5000',
    description: 'Calls of wall.get in a day, for each key.',
    bounds: 'Users report that VK refuses after about 5000.',
  },
  TELEGRAM_API_ID: {
    schema: wholeNumber(1, 2_147_483_647),
    description: 'Number of the application at my.telegram.org.',
    bounds: 'Telegram numbers its applications in 32 bits.',
    example: '1234567',
  },
  TELEGRAM_API_HASH: {
    schema: form(wants.hash, /^[0-9a-fA-F]{32}$/u),
    description: 'Hash of the application at my.telegram.org.',
    secret: true,
  },
  TELEGRAM_SESSIONS: {
    schema: list(wants.sessions, (item) => /^1[A-Za-z0-9+/_=-]{100,}$/u.test(item)),
    description:
      'Signed-in sessions of Telegram users, split by commas; need TELEGRAM_API_ID and TELEGRAM_API_HASH.',
    secret: true,
  },
  TELEGRAM_PROXY: {
    schema: form(
      wants.telegramProxy,
      /^(?:socks5:\/\/(?:[^@/\s]+@)?[^:/@\s]+:\d{1,5}|mtproxy:\/\/[^:/@\s]+:\d{1,5}\/(?:dd)?[0-9a-fA-F]{32})$/u,
    ),
    description: 'Proxy for the Telegram protocol (not for t.me).',
    bounds: 'Secrets that begin with ee (fake TLS) are not understood by the client.',
    example: 'socks5://127.0.0.1:1080',
    secret: true,
  },
  TELEGRAM_WEB_URL: {
    schema: httpAddress,
    default: 'https://t.me',
    description: 'Address of the public pages of channels, which are read without a key.',
  },
  TELEGRAM_WEB_PROXY: {
    schema: addressWithPassword(['http', 'https', 'socks5'], wants.webProxy),
    description: 'Proxy for t.me.',
    example: 'http://127.0.0.1:3128',
    secret: true,
  },
  TELEGRAM_BOT_TOKEN: {
    schema: form(wants.bot, /^\d{6,12}:[\w-]{30,64}$/u),
    description: 'Key of the bot that sends digests.',
    secret: true,
  },
  COLLECT_CRON: {
    schema: cron,
    default: '0 * * * *',
    description:
      "When pages are looked at, in cron's five fields and in TIMEZONE. What is not due is left out.",
    bounds: 'It has to come at least once in five years: 31 February never does.',
  },
  HISTORY_FROM: {
    schema: z.string().refine(
      (value) => isAllowedDay(value) && value >= earliestHistory,
      wanted({
        ru: `день вида 2025-01-01, с ${earliestHistory} по сегодня`,
        en: `a day such as 2025-01-01, from ${earliestHistory} to today`,
      }),
    ),
    computedDefault: '1 January of last year',
    description: 'First local day of the history that is read.',
    bounds: 'VK opened on 10 October 2006; a day to come would hold no posts.',
    example: '2025-01-01',
  },
  DIGEST_CRON: {
    schema: cron,
    default: '0 9 * * 1',
    description: "When weekly digests are sent, in cron's five fields and in TIMEZONE.",
  },
  SMTP_URL: {
    schema: addressWithPassword(['smtp', 'smtps'], wants.smtp),
    description: 'Mail server that sends digests and reminders. Unset, no mail is sent.',
    example: 'smtps://user:password@smtp.example.ru:465',
    secret: true,
  },
  MAIL_FROM: {
    schema: form(wants.mail, /^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u),
    description: 'Sender of the mail.',
    example: 'ProfPulse <pulse@example.ru>',
  },
  IMAP_URL: {
    schema: addressWithPassword(['imap', 'imaps'], wants.imap),
    description: 'Mailbox where undeliverable mail comes back.',
    example: 'imaps://user:password@imap.example.ru:993',
    secret: true,
  },
  PUBLIC_DASHBOARD: {
    schema: yesOrNo,
    default: 'false',
    description:
      'Lets everybody read the dashboard without signing in. Contacts, register edits and journals stay closed.',
  },
  LOG_LEVEL: {
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    default: 'info',
    description: 'How much is written to the log. Set, it is shown in a terminal too.',
  },
});

export type SettingName = keyof typeof declarations;

/** The names of all settings, in the order of the documentation. */
export const settingNames = Object.keys(declarations) as SettingName[];
