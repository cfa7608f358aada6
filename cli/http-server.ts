import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { BlockList, isIP, type AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { SaidError, type Said } from '#domain/said.ts';
import type { Settings } from '#domain/settings.ts';
import { securityHeaders, sharePath } from '#dashboard/src/lib/server/security-headers.ts';
import { addressProblem } from './address-guard.ts';
import { isForeignForm } from './form-guard.ts';
import { answerRefusal, answerUnpassed, forwardedHost, hostGuard } from './host-guard.ts';
import { isAnyAddress, namedHost } from './hosts.ts';
import type { Locale } from './messages.ts';
import type { Origin } from './origin.ts';
import { answerUnread, mostBodyBytes, requestPatience, serverLimits } from './request-limits.ts';

/** The headers by which the dashboard's adapter learns how it was reached. Set anew on each request, so nobody can forge them. */
const trusted = {
  protocol: 'x-profpulse-protocol',
  host: 'x-profpulse-host',
  address: 'x-profpulse-address',
} as const;

/** Names the trusted headers and the largest body to the adapter, which reads them once when it is imported. */
export function nameTrustedHeaders(environment: NodeJS.ProcessEnv): void {
  environment.BODY_SIZE_LIMIT = String(mostBodyBytes);
  environment.PROTOCOL_HEADER = trusted.protocol;
  environment.HOST_HEADER = trusted.host;
  environment.ADDRESS_HEADER = trusted.address;
}

/**
 * Where a request was sent to: `PUBLIC_URL` when it is set, else what the proxy says when it is a trusted one, else the
 * request's own host over plain http. The address is the client's, seen through trusted proxies only.
 */
export function originOf(
  request: IncomingMessage,
  publicUrl: URL | null,
  isTrusted: (address: string) => boolean,
): Origin {
  const remote = request.socket.remoteAddress ?? '';
  const isForwarded = isTrusted(remote);
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return (Array.isArray(value) ? value.join(',') : value)?.trim();
  };
  const address = isForwarded ? clientBehind(header('x-forwarded-for'), remote, isTrusted) : remote;
  if (publicUrl)
    return { protocol: publicUrl.protocol === 'https:' ? 'https' : 'http', host: publicUrl.host, address };
  const forwardedProtocol = isForwarded ? header('x-forwarded-proto')?.split(',')[0]?.trim() : undefined;
  const host = namedHost(forwardedHost(request, isTrusted)) ?? namedHost(header('host'));
  return {
    protocol: forwardedProtocol === 'https' ? 'https' : 'http',
    host: host?.host ?? 'localhost',
    address,
  };
}

/** The last address of the chain that no trusted proxy has. */
function clientBehind(
  chain: string | undefined,
  remote: string,
  isTrusted: (address: string) => boolean,
): string {
  const addresses = (chain ?? '').split(',').map((address) => address.trim());
  return addresses.reverse().find((address) => isIP(address) !== 0 && !isTrusted(address)) ?? remote;
}

/** Whether an address is one of the proxies (addresses and networks) of `TRUSTED_PROXY`. */
export function proxyCheck(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/** The port, or the address, cannot be listened on. */
export class CannotListen extends SaidError {
  override readonly name = 'CannotListen';
}

/** The dashboard's server as it runs. */
export interface HttpServer {
  /** What to open in a browser on this machine. */
  readonly url: string;
  /** Takes no new requests, waits for those that run (`patience` at most), and closes. */
  close(): Promise<void>;
}

/** How long requests are waited for at the end: longer than the dearest question takes with all readers asking at once. */
const endingPatience = 15_000;

/** Milliseconds that a connection stays open: longer than proxies keep one, else they ask over one that is being closed. */
const keptOpen = 75_000;

/** Listens and answers with `handler`. Rejects with `CannotListen`, which says which setting to change. */
export async function serveHttp(options: {
  handler: RequestListener;
  host: string;
  port: number;
  publicUrl: string | undefined;
  trustedProxies: readonly string[];
  /** The language that a refusal is given in first. */
  locale: Locale;
  /** Milliseconds that requests are waited for when it closes. */
  patience?: number;
  /** Milliseconds after which a request has to be whole. */
  requestWithin?: number;
  log: Logger;
}): Promise<HttpServer> {
  const publicUrl = options.publicUrl ? new URL(options.publicUrl) : null;
  const isTrusted = proxyCheck(options.trustedProxies);
  const refusalOf = hostGuard({ host: options.host, publicUrl, isTrusted });
  const headers = new Map(Object.entries(securityHeaders(publicUrl?.protocol === 'https:')));
  const limits = serverLimits(options.requestWithin ?? requestPatience);
  const server = createServer(limits, (request, response) => {
    response.setHeaders(headers);
    // Which sites frame what is shown by a link, the answer itself says.
    if (request.url?.startsWith(sharePath)) response.removeHeader('x-frame-options');
    const refusal = refusalOf(request);
    if (refusal) {
      answerRefusal(refusal, request, response, options.locale);
      return;
    }
    const origin = originOf(request, publicUrl, isTrusted);
    const unpassed = isForeignForm(request, origin) ? 'foreign_form' : addressProblem(request);
    if (unpassed) {
      answerUnpassed(unpassed, request, response, options.locale);
      return;
    }
    request.headers[trusted.protocol] = origin.protocol;
    request.headers[trusted.host] = origin.host;
    request.headers[trusted.address] = origin.address || '127.0.0.1';
    options.handler(request, response);
  });
  server.keepAliveTimeout = keptOpen;
  answerUnread(server, headers, options.locale);
  const answers = answersOf(server);
  await listen(server, options.host, options.port);
  const { port } = server.address() as AddressInfo;
  const { patience = endingPatience, log } = options;
  return {
    url: urlOf(options.host, port),
    close: async () => await close(server, answers, patience, log),
  };
}

function urlOf(host: string, port: number): string {
  const name = isAnyAddress(host) ? '127.0.0.1' : isIP(host) === 6 ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/**
 * Whether the address can be listened on, asked before anything is built or opened. Rejects with `CannotListen`, as
 * `serveHttp` does. Any port will do where it is 0.
 */
export async function checkAddress(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await listen(server, host, port);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CannotListen(explain(error, host, port), { cause: error })),
    );
    server.listen(port, host, () => resolve());
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Said {
  if (error.code === 'EADDRINUSE') {
    return {
      ru: `Порт ${port} на ${host} занят другой программой. Завершите её или задайте в PORT другой номер.`,
      en: `Port ${port} on ${host} is in use by another program. End it, or set PORT to another number.`,
    };
  }
  if (error.code === 'EACCES') {
    return {
      ru: `Порт ${port} этому пользователю недоступен: для номеров меньше 1024 нужны особые права. Задайте в PORT другой номер.`,
      en: `Port ${port} may not be used by this user: below 1024 it takes special rights. Set PORT to another number.`,
    };
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return {
      ru: `У этого компьютера нет адреса «${host}». Задайте в HOST один из его адресов: 127.0.0.1 или, для всех, 0.0.0.0.`,
      en: `This machine has no address "${host}". Set HOST to one of its own: 127.0.0.1, or 0.0.0.0 for all.`,
    };
  }
  return {
    ru: `Адрес ${host}:${port} занять не удалось: ${error.message}.`,
    en: `Cannot listen on ${host}:${port}: ${error.message}.`,
  };
}

/** Answers that are under way. */
type Answers = ReadonlySet<ServerResponse>;

/** Keeps the answers that are under way, so that a server that ends can wait for them. */
function answersOf(server: Server): Answers {
  const answers = new Set<ServerResponse>();
  server.prependListener('request', (_request, response: ServerResponse) => {
    answers.add(response);
    response.once('close', () => answers.delete(response));
    if (!server.listening) response.shouldKeepAlive = false;
  });
  return answers;
}

async function close(server: Server, answers: Answers, patience: number, log: Logger): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A browser keeps its connection for the next request; here comes none any more.
  for (const response of answers) if (!response.headersSent) response.shouldKeepAlive = false;
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => {
    if (answers.size > 0) log.warn({ requests: answers.size }, 'Requests were not answered before the end');
    server.closeAllConnections();
  }, patience);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}

/**
 * Whether nobody but people at this machine can reach the dashboard: it listens to this machine alone, and nothing says that a
 * proxy stands before it.
 */
export function isOwnMachine({
  HOST,
  PUBLIC_URL,
  TRUSTED_PROXY,
}: Pick<Settings, 'HOST' | 'PUBLIC_URL' | 'TRUSTED_PROXY'>): boolean {
  const isNamed = PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname);
  return isLoopback(HOST) && !isNamed && TRUSTED_PROXY.length === 0;
}

/** Whether an address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
