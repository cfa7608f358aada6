import type { CauseRule } from './rule.ts';
import { said } from './rule.ts';

const certificate = 'сертификат не прошёл проверку';

/** What Node and the system say when a connection is not made or does not last, with the code by which an administrator finds it. */
export const ofConnections: readonly CauseRule[] = [
  [/^(?:getaddrinfo|queryA) (ENOTFOUND) (\S+)$/u, ([code, host]) => `имя ${host} в DNS не найдено, ${code}`],
  [/^getaddrinfo (EAI_AGAIN) (\S+)$/u, ([code, host]) => `DNS не отвечает на вопрос о ${host}, ${code}`],
  [
    /^connect (ECONNREFUSED)(?: (\S+))?$/u,
    ([code, at]) => `${at || 'адрес'} не принимает соединений, ${code}`,
  ],
  [/^(?:connect|read) (ETIMEDOUT)(?: (\S+))?$/u, ([code, at]) => `${at || 'адрес'} не отвечает, ${code}`],
  [
    /^connect (E(?:HOST|NET)UNREACH)(?: (\S+))?(?: - .*)?$/u,
    ([code, at]) => `до ${at || 'адреса'} нет пути в сети, ${code}`,
  ],
  [/^(?:read |write )?(ECONNRESET|EPIPE)$/u, ([code]) => `соединение оборвалось, ${code}`],
  [
    /^(\S+) could not be found \((ENOTFOUND|EAI_AGAIN)\)$/u,
    ([host, code]) => `имя ${host} в DNS не найдено, ${code}`,
  ],
  [/^Connect Timeout Error(?: \(.*\))?$/su, () => 'соединение не установилось за отведённое время'],
  [
    /^Hostname\/IP does not match certificate's altnames.*$/su,
    () => `${certificate}: он выдан другому сайту`,
  ],
  said('certificate has expired', `${certificate}: срок его действия истёк`),
  said('self-signed certificate', `${certificate}: он подписан самим сервером`),
  said('self-signed certificate in certificate chain', `${certificate}: ему не доверяет этот компьютер`),
  said('unable to verify the first certificate', `${certificate}: ему не доверяет этот компьютер`),
  said('unable to get local issuer certificate', `${certificate}: ему не доверяет этот компьютер`),
  said(
    'Client network socket disconnected before secure TLS connection was established',
    'соединение оборвалось, пока устанавливалась защита',
  ),
  said('socket hang up', 'соединение закрыто другой стороной'),
  said('other side closed', 'соединение закрыто другой стороной'),
  said('fetch failed', 'запрос не прошёл'),
  said('terminated', 'ответ оборвался'),
  [/^(execute|[a-z]+\.[a-zA-Z]+): (.+)$/su, ([method, why], say) => `${method}: ${say(why ?? '')}`],
];
