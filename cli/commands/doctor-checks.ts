import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Source } from '#collector/source.ts';
import { causeText } from '#domain/cause-text.ts';
import { networkDefinition, type MeasuredNetwork } from '#domain/networks.ts';
import { networksWithoutKey } from '#domain/networks/without-key.ts';
import type { Settings } from '#domain/settings.ts';
import { whenLabel } from '../messages.ts';
import type { Finding, Words } from './findings.ts';
import { keyLabel, networkLabel, noKey } from './key-labels.ts';

/** What the sources of a running process have laid aside: keys and accounts, each with why and until when. */
export function checkParked(
  sources: readonly Pick<Source, 'network' | 'parked'>[],
  settings: Pick<Settings, 'TIMEZONE' | 'LOCALE'>,
  words: Words,
): Finding[] {
  const { TIMEZONE, LOCALE } = settings;
  return sources.flatMap(({ network, parked }) => {
    const name = networkLabel(network, words);
    return (parked?.() ?? []).map(({ what, cause, until }): Finding => {
      const key = keyLabel(what, LOCALE);
      const why = causeText(cause, LOCALE);
      const at = until && whenLabel(until, TIMEZONE, LOCALE);
      return {
        level: 'bad',
        text: at
          ? words(
              `${name}: ${key} временно не используется (${why}). Следующая попытка: ${at}.`,
              `${name}: ${key} is laid aside (${why}). It is tried again at ${at}.`,
            )
          : words(
              `${name}: ${key} не используется (${why}). Само это не пройдёт.`,
              `${name}: ${key} is laid aside (${why}). It does not pass by itself.`,
            ),
        gist: words(`${name}: ${key} не используется`, `${name}: ${key} is laid aside`),
      };
    });
  });
}

const gigabyte = 1024 ** 3;
/** Merging needs room for a copy of the largest part. */
const leastFree = 1 * gigabyte;

/** Whether the disk of the data directory has room. */
export async function checkDisk(settings: Settings, words: Words): Promise<Finding> {
  const directory = resolve(settings.DATA_DIR);
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const size = (free / gigabyte).toLocaleString(settings.LOCALE, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
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
        gist: words('мало места на диске', 'little room on the disk'),
      };
}

/** Whether the versions of Node and of the project fit. */
export function checkVersions(version: string, words: Words): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const text = `${words('ПрофПульс', 'ProfPulse')} ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  if (major >= 24) return { level: 'ok', text };
  return {
    level: 'bad',
    text: words(
      `${text}. Нужна версия Node 24: запускайте через npm run, она приходит вместе с проектом.`,
      `${text}. Node 24 is wanted: start by npm run, it comes with the project.`,
    ),
    gist: words('старая версия Node', 'an old version of Node'),
  };
}

/** Which networks' keys are not set: bad where the register has pages of the network. `pages`: how many it has. */
export function checkKeys(
  sources: readonly Pick<Source, 'network'>[],
  pages: (network: MeasuredNetwork) => number,
  words: Words,
): Finding[] {
  return networksWithoutKey(sources).map((network) => {
    const { ru, en } = networkDefinition(network).forms.of;
    return {
      level: pages(network) > 0 ? 'bad' : 'look',
      text: noKey(network, words),
      gist: words(`ключ ${ru} не задан`, `no key of ${en} is set`),
    };
  });
}

interface VkAnswer {
  response?: unknown;
  error?: { error_code?: number; error_msg?: string };
}

/** Errors by which VK refuses the group asked for, and not the key. */
const aboutTheGroup: ReadonlySet<number> = new Set([15, 100, 113, 125, 203]);

/**
 * Asks VK one cheap thing with each token (`groups.getById`, which the daily quota of walls does not count), live. A token
 * is named by its place in `VK_TOKENS`, never shown; without one nothing is asked.
 */
export async function checkVk(
  settings: Settings,
  { groupId }: { groupId: number },
  words: Words,
  signal: AbortSignal,
): Promise<Finding[]> {
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
    const cause = connectionCause(error);
    return {
      level: 'bad',
      text: words(
        `ВКонтакте: ${host} не отвечает (${causeText(cause, 'ru')}). Проверьте сеть и настройку VK_API_URL.`,
        `VK: ${host} does not answer (${cause}). Look after the network and the setting VK_API_URL.`,
      ),
      gist: words('ВКонтакте не отвечает', 'VK does not answer'),
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
    gist: words(`ВКонтакте: ключ ${number} не принят`, `VK: key ${number} is refused`),
  };
}

/** What stands behind a request that failed: of several addresses that were tried, the first. */
function connectionCause(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (reason instanceof AggregateError && reason.errors[0] instanceof Error) reason = reason.errors[0];
  return reason instanceof Error ? reason.message || reason.name : String(reason);
}

function redirected(host: string, { headers, url }: Response, words: Words): Finding {
  const elsewhere = URL.parse(headers.get('location') ?? '', url)?.host ?? '?';
  return {
    level: 'bad',
    text: words(
      `ВКонтакте: ${host} отсылает на ${elsewhere}; ключ туда не передан. Проверьте настройку VK_API_URL и сеть.`,
      `VK: ${host} sends on to ${elsewhere}; the key was not passed there. Look after the setting VK_API_URL and the network.`,
    ),
    gist: words('ВКонтакте отсылает на другой адрес', 'VK sends on to another address'),
  };
}
