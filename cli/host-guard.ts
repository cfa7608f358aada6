import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalSentences } from '#dashboard/src/lib/form-refusal.ts';
import { preferencesOf } from '#dashboard/src/lib/server/preferences.ts';
import { isForPrograms, refusalPage, refusalResult } from '#dashboard/src/lib/server/refusal-page.ts';
import { mostAddressBytes, type AddressProblem } from './address-guard.ts';
import type { Locale } from './messages.ts';
import { namedHost, ownHostCheck, type OwnHosts } from './hosts.ts';

/** Probes of monitoring and of containers ask by whatever address they know, and learn nothing but how we are. */
const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** Why a request is not answered. */
export type Refusal = 'no_target' | 'many_hosts' | 'foreign_host' | 'foreign_forwarded_host';

/** What the guard goes by, beside which hosts are ours. */
export interface GuardOptions extends OwnHosts {
  /** Whether forwarding headers of this peer are believed. */
  isTrusted: (address: string) => boolean;
}

/**
 * Refuses requests that were sent to a host that is none of ours: so a foreign page whose name leads to this machine (DNS
 * rebinding) reads nothing and changes nothing. A forwarded host counts from trusted proxies alone; where `PUBLIC_URL` says
 * what it has to be, it has to be that. A target in absolute form is put into the usual one, with its host.
 */
export function hostGuard(options: GuardOptions): (request: IncomingMessage) => Refusal | null {
  const isOwn = ownHostCheck(options);
  const isOurs = (host: string | undefined): boolean => {
    const named = namedHost(host);
    return named !== null && isOwn(named.name);
  };
  return (request) => {
    const hosts = request.headersDistinct['host'] ?? [];
    if (hosts.length > 1) return 'many_hosts';
    if (!takeTarget(request)) return 'no_target';
    if (isProbe(request)) return null;
    if (!isOurs(request.headers.host)) return 'foreign_host';
    const forwarded = forwardedHost(request, options.isTrusted);
    if (forwarded === undefined) return null;
    const isRight = options.publicUrl ? isOurs(forwarded) : namedHost(forwarded) !== null;
    return isRight ? null : 'foreign_forwarded_host';
  };
}

/** The host that a trusted proxy says it was asked for; `undefined` when nobody who is trusted says one. */
export function forwardedHost(
  request: IncomingMessage,
  isTrusted: (address: string) => boolean,
): string | undefined {
  if (!isTrusted(request.socket.remoteAddress ?? '')) return undefined;
  const header = request.headers['x-forwarded-host'];
  const [first] = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  return first?.trim() || undefined;
}

function isProbe({ method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && probes.has(url?.split('?', 1)[0] ?? '');
}

/** Puts a target in absolute form into the form of a path; its host counts, not the header's (RFC 9112, 3.2.2). */
function takeTarget(request: IncomingMessage): boolean {
  if (request.url?.startsWith('/')) return true;
  const target = URL.parse(request.url ?? '');
  if (!target || !/^https?:$/.test(target.protocol) || target.username !== '' || target.password !== '')
    return false;
  request.url = `${target.pathname}${target.search}`;
  request.headers.host = target.host;
  return true;
}

const sentencesAt = (port: string): Record<Refusal, Record<Locale, string>> => ({
  no_target: {
    ru: 'Такой запрос не понят: адрес должен начинаться с /.',
    en: 'This request is not understood: its target has to begin with /.',
  },
  many_hosts: {
    ru: 'В запросе больше одного заголовка Host.',
    en: 'The request has more than one Host header.',
  },
  foreign_host: {
    ru: `По этому имени ПрофПульс не отвечает. Откройте его по адресу, который он вывел при запуске, или пропишите нужное имя в настройке PUBLIC_URL, например PUBLIC_URL=${exampleAt(port)}.`,
    en: `ProfPulse does not answer to this name. Open it by the address that it printed at its start, or put the name into the setting PUBLIC_URL, such as PUBLIC_URL=${exampleAt(port)}.`,
  },
  foreign_forwarded_host: {
    ru: 'Прокси передал имя сайта (X-Forwarded-Host), которое не совпадает с настройкой PUBLIC_URL.',
    en: 'The proxy passed on a host (X-Forwarded-Host) that is not the one of the setting PUBLIC_URL.',
  },
});
/** An address as `PUBLIC_URL` wants it, with the port that was asked for. */
const exampleAt = (port: string): string => `http://pulse.example.ru${port && `:${port}`}`;
const statuses: Record<Refusal, [status: number, title: string]> = {
  no_target: [400, 'Bad request'],
  many_hosts: [400, 'Bad request'],
  foreign_host: [421, 'Misdirected request'],
  foreign_forwarded_host: [421, 'Misdirected request'],
};

/** Answers a refused request: a problem (RFC 9457) for the API, else the sentence in both languages, the site's first. */
export function answerRefusal(
  refusal: Refusal,
  request: IncomingMessage,
  response: ServerResponse,
  locale: Locale,
): void {
  const [status, title] = statuses[refusal];
  const said = sentencesAt(portOf(request))[refusal];
  const isApi = isForPrograms(pathOf(request));
  const body = isApi
    ? JSON.stringify({ type: 'about:blank', title, status, detail: said.en })
    : `${locale === 'ru' ? `${said.ru}\n\n${said.en}` : `${said.en}\n\n${said.ru}`}\n`;
  send(request, response, status, isApi ? 'application/problem+json' : 'text/plain; charset=utf-8', body);
}

/** Why a request is not passed on to the dashboard, which its reader is told in their language. */
export type Unpassed = 'foreign_form' | AddressProblem;

const notAccepted = { ru: 'Запрос не принят', en: 'The request was not accepted' };
const unpassed: Readonly<
  Record<Unpassed, { status: number; title: string; said: string; sentence: Record<Locale, string> }>
> = {
  foreign_form: {
    ...{ status: 403, title: 'Forbidden', said: refusalSentences.foreign_form },
    sentence: {
      ru: 'Форма отправлена не с той страницы, которую показывает ПрофПульс, ничего не изменено. Откройте страницу по основному адресу и отправьте форму ещё раз. Если не поможет, передайте администратору: он сверит PUBLIC_URL и TRUSTED_PROXY.',
      en: 'The form was sent from another page than ProfPulse shows, and nothing was changed. Open the page by its main address and send the form again. If that does not help, tell your administrator, who will look at PUBLIC_URL and TRUSTED_PROXY.',
    },
  },
  address_long: {
    ...{ status: 414, title: 'The address is too long' },
    said: `The address has more than ${mostAddressBytes} bytes, and nothing was done.`,
    sentence: {
      ru: 'Адрес страницы слишком длинный, ничего не сделано. Откройте страницу заново и выберите меньше условий.',
      en: 'The address of the page is too long, and nothing was done. Open the page anew and choose less.',
    },
  },
  name_reserved: {
    ...{ status: 400, title: 'A name of a parameter is reserved' },
    said: 'The address has a parameter whose name begins with x-sveltekit-, and nothing was done.',
    sentence: {
      ru: 'В адресе есть параметр, имя которого начинается с x-sveltekit-. Такие имена заняты самой программой, поэтому ничего не сделано. Откройте страницу заново.',
      en: 'The address has a parameter whose name begins with x-sveltekit-. The program keeps such names for itself, so nothing was done. Open the page anew.',
    },
  },
};

/** Answers what is not passed on: a problem for the API, a result for a script of ours, else a page in the reader's language. */
export function answerUnpassed(
  why: Unpassed,
  request: IncomingMessage,
  response: ServerResponse,
  locale: Locale,
): void {
  const { status, title, said, sentence } = unpassed[why];
  if (isForPrograms(pathOf(request))) {
    const problem = { type: 'about:blank', title, status, detail: said };
    send(request, response, status, 'application/problem+json', JSON.stringify(problem));
    return;
  }
  if (request.headers.accept === 'application/json') {
    send(request, response, status, 'application/json', refusalResult(status, said));
    return;
  }
  const cookies = new Map(
    (request.headers.cookie ?? '').split(/;\s*/).map((cookie): [string, string] => {
      const [name = '', value = ''] = cookie.split('=', 2);
      return [name, value];
    }),
  );
  const url = URL.parse(request.url ?? '/', 'http://localhost') ?? new URL('http://localhost/');
  const reader = preferencesOf(url, (name) => cookies.get(name), locale).locale;
  const refusal = { title: notAccepted[reader], sentence: sentence[reader] };
  send(request, response, status, 'text/html; charset=utf-8', refusalPage(refusal, reader));
}

/** The port by which the browser came, which a tunnel or a container may have mapped; `''` for that of the scheme. */
function portOf({ headers }: IncomingMessage): string {
  return /:(\d{1,5})$/.exec(namedHost(headers.host)?.host ?? '')?.[1] ?? '';
}

function pathOf({ url }: IncomingMessage): string {
  return url?.split('?', 1)[0] ?? '';
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // What it still sends is not read.
    connection: 'close',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
