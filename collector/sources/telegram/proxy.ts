/** A proxy as gramjs takes it. `timeout` in seconds. */
export type Proxy =
  | { ip: string; port: number; socksType: 5; timeout: number; username?: string; password?: string }
  | { ip: string; port: number; MTProxy: true; secret: string };

/**
 * Reads `TELEGRAM_PROXY`, which the settings have checked: `socks5://[user:password@]host:port` or
 * `mtproxy://host:port/secret`. `seconds`: how long a SOCKS server may take. Throws `RangeError` without the secret.
 */
export function parseProxy(text: string, seconds: number): Proxy {
  const address = URL.canParse(text) ? new URL(text) : null;
  const port = Number(address?.port);
  if (!address || address.hostname === '' || !(port > 0)) {
    throw new RangeError(
      'TELEGRAM_PROXY is no address of a proxy: socks5://host:port or mtproxy://host:port/secret.',
    );
  }
  const ip = address.hostname.replace(/^\[|\]$/gu, '');
  if (address.protocol === 'mtproxy:') {
    return { ip, port, MTProxy: true, secret: address.pathname.slice(1).toLowerCase() };
  }
  return {
    ip,
    port,
    socksType: 5,
    timeout: seconds,
    ...(address.username === ''
      ? {}
      : { username: decodeURIComponent(address.username), password: decodeURIComponent(address.password) }),
  };
}
