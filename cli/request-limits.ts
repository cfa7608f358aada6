import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Locale } from './messages.ts';

/** The largest body of a request, in bytes: the largest form of ours, a reminder of 2,000 pages, is a tenth of it. */
export const mostBodyBytes = 1024 * 1024;
/** The most that the first line and the headers of a request have together, in bytes. */
const mostHeaderBytes = 16 * 1024;
/** Milliseconds after which a request has to be whole. */
export const requestPatience = 30_000;

/** How a server of Node is told of the limits; it looks for late requests thirty times in their time. */
export const serverLimits = (patience: number) => ({
  maxHeaderSize: mostHeaderBytes,
  requestTimeout: patience,
  headersTimeout: patience,
  connectionsCheckingInterval: Math.max(1, Math.round(patience / 30)),
});

interface Unread {
  status: string;
  said: Record<Locale, string>;
}

const late: Unread = {
  status: '408 Request Timeout',
  said: {
    ru: 'Запрос не пришёл целиком за отведённое время, ничего не изменено. Отправьте его ещё раз.',
    en: 'The request was not whole in time, and nothing was changed. Send it again.',
  },
};
const tooLarge: Unread = {
  status: '431 Request Header Fields Too Large',
  said: {
    ru: 'Адрес и заголовки запроса больше 16 КБ, ничего не сделано. Если так отвечает обычная страница, удалите cookie этого сайта.',
    en: 'The address and the headers of the request are above 16 KB, and nothing was done. If an ordinary page answers so, delete the cookies of this site.',
  },
};
const notUnderstood: Unread = {
  status: '400 Bad Request',
  said: {
    ru: 'Запрос не понят: он не по правилам HTTP.',
    en: 'The request is not understood: it is not HTTP.',
  },
};
const unreadBy: Readonly<Record<string, Unread>> = {
  ERR_HTTP_REQUEST_TIMEOUT: late,
  HPE_HEADER_OVERFLOW: tooLarge,
};

/**
 * Answers requests that never come to be any: too large a head, one that is not whole in time, and what is no HTTP. Said is a
 * sentence in both languages, the site's first, with the headers that all answers have. Of an answer that has begun
 * nothing more is sent.
 */
export function answerUnread(server: Server, headers: ReadonlyMap<string, string>, locale: Locale): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const answered = (socket as { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent;
    if (error.code === 'ECONNRESET' || !socket.writable || answered === true) {
      socket.destroy();
      return;
    }
    const { status, said } = unreadBy[error.code ?? ''] ?? notUnderstood;
    const body = `${said[locale]}\n\n${locale === 'ru' ? said.en : said.ru}\n`;
    const own = {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      connection: 'close',
    };
    const lines = [...headers, ...Object.entries(own)].map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`);
  });
}
