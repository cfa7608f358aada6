/** A browser's part in a login: it keeps cookies, sends forms from their own page, and follows nothing by itself. */
export interface Visitor {
  get(path: string): Promise<Response>;
  /** Sends a form to a page's action. */
  send(path: string, fields: Record<string, string>): Promise<Response>;
  /** The cookies as they are sent. */
  cookie(): string;
}

/** Somebody who visits a server; two of them share nothing. */
export function visitorOf(origin: string): Visitor {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { cookie: cookie(), origin, ...init.headers };
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    cookie,
    get: (path) => ask(path, {}),
    send: (path, fields) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'text/html' } }),
  };
}
