import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Source } from '../../collector/source.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Locale } from '../messages.ts';

/** One thing looked at: how it is, and, when it is not well, what to do. */
export interface Finding {
  level: 'ok' | 'note' | 'bad';
  text: string;
}

/** Chooses the text of the language. */
export type Words = (russian: string, english: string) => string;

/** The texts of a language. */
export function wordsOf(locale: Locale): Words {
  return (russian, english) => (locale === 'ru' ? russian : english);
}

const networkNames = {
  vk: ['ВКонтакте', 'VK'],
  telegram: ['Telegram', 'Telegram'],
} as const;

/** A time of day with its date, in the federation's zone: `10.03.2026, 14:05`. */
export function timeIn(zone: string, locale: Locale, instant: Date): string {
  const format = new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: zone,
  });
  return format.format(instant);
}

/** What the sources of a running process have laid aside: keys and accounts, each with why and until when. */
export function checkParked(
  sources: readonly Pick<Source, 'network' | 'parked'>[],
  settings: Pick<Settings, 'TIMEZONE' | 'LOCALE'>,
  words: Words,
): Finding[] {
  return sources.flatMap(({ network, parked }) =>
    (parked?.() ?? []).map(({ what, cause, until }): Finding => {
      const [russian, english] = networkNames[network];
      const at = until && timeIn(settings.TIMEZONE, settings.LOCALE, until);
      return {
        level: 'bad',
        text: words(
          `${russian}: ${what} временно не используется (${cause}). ${at === null ? 'Само это не пройдёт.' : `Следующая попытка: ${at}.`}`,
          `${english}: ${what} is laid aside (${cause}). ${at === null ? 'It does not pass by itself.' : `It is tried again at ${at}.`}`,
        ),
      };
    }),
  );
}

const gigabyte = 1024 ** 3;
/** Merging needs room for a copy of the largest part. */
const leastFree = 1 * gigabyte;

/** Whether the disk of the data directory has room. */
export async function checkDisk(settings: Settings, words: Words): Promise<Finding> {
  const directory = resolve(settings.DATA_DIR);
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const size = `${(free / gigabyte).toFixed(1)}`;
  return free >= leastFree
    ? {
        level: 'ok',
        text: words(`Диск: свободно ${size} ГБ в ${directory}`, `Disk: ${size} GB free in ${directory}`),
      }
    : {
        level: 'bad',
        text: words(
          `Диск: свободно только ${size} ГБ в ${directory}. Освободите место: базе нужно не меньше 1 ГБ.`,
          `Disk: only ${size} GB free in ${directory}. Make room: the database needs 1 GB at least.`,
        ),
      };
}

/** Whether the versions of Node and of the project fit. */
export function checkVersions(version: string, words: Words): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const text = `ProfPulse ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  if (major >= 24) return { level: 'ok', text };
  return {
    level: 'bad',
    text: words(
      `${text}. Нужна версия Node 24: запускайте через npm run, она приходит вместе с проектом.`,
      `${text}. Node 24 is wanted: start by npm run, it comes with the project.`,
    ),
  };
}

interface VkAnswer {
  response?: unknown;
  error?: { error_code?: number; error_msg?: string };
}

/** Errors by which VK refuses the group asked for, and not the key. */
const aboutTheGroup: ReadonlySet<number> = new Set([15, 100, 113, 125, 203]);

/**
 * Asks VK one cheap thing with each token (`groups.getById`, which the daily quota of walls does not count), live. A token
 * is named by its place in `VK_TOKENS`, never shown.
 */
export async function checkVk(
  settings: Settings,
  groupId: number,
  words: Words,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (settings.VK_TOKENS.length === 0) {
    return [
      {
        level: 'note',
        text: words(
          'ВКонтакте: VK_TOKENS не задан, страницы не читаются. Как получить ключ, написано в README.ru.md.',
          'VK: VK_TOKENS is not set, no pages are read. README.md says how to get a key.',
        ),
      },
    ];
  }
  const findings: Finding[] = [];
  for (const [index, token] of settings.VK_TOKENS.entries()) {
    findings.push(await checkToken(settings.VK_API_URL, token, index + 1, groupId, words, signal));
  }
  return findings;
}

async function checkToken(
  url: string,
  token: string,
  number: number,
  groupId: number,
  words: Words,
  signal: AbortSignal,
): Promise<Finding> {
  const host = new URL(url).host;
  let answer: VkAnswer;
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/groups.getById`, {
      method: 'POST',
      body: new URLSearchParams({ group_ids: String(groupId), access_token: token, v: '5.199' }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      // The key goes to the address that was set, and to no other.
      redirect: 'manual',
    });
    if (response.status >= 300 && response.status < 400) return redirected(host, response, words);
    answer = (await response.json()) as VkAnswer;
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return {
      level: 'bad',
      text: words(
        `ВКонтакте: ${host} не отвечает (${cause}). Проверьте сеть и настройку VK_API_URL.`,
        `VK: ${host} does not answer (${cause}). Look after the network and the setting VK_API_URL.`,
      ),
    };
  }
  const code = answer.error?.error_code;
  if (answer.response !== undefined || (code !== undefined && aboutTheGroup.has(code))) {
    return { level: 'ok', text: words(`ВКонтакте: ключ ${number} работает`, `VK: key ${number} works`) };
  }
  const said = `${code ?? '?'} ${answer.error?.error_msg ?? ''}`.trim();
  return {
    level: 'bad',
    text: words(
      `ВКонтакте: ключ ${number} не принят (${said}). Скопируйте сервисный ключ приложения заново в VK_TOKENS.`,
      `VK: key ${number} is refused (${said}). Copy the application's service key into VK_TOKENS again.`,
    ),
  };
}

function redirected(host: string, { headers, url }: Response, words: Words): Finding {
  const elsewhere = URL.parse(headers.get('location') ?? '', url)?.host ?? '?';
  return {
    level: 'bad',
    text: words(
      `ВКонтакте: ${host} отсылает на ${elsewhere}; ключ туда не передан. Проверьте настройку VK_API_URL и сеть.`,
      `VK: ${host} sends on to ${elsewhere}; the key was not passed there. Look after the setting VK_API_URL and the network.`,
    ),
  };
}
