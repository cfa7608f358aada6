import type { EnteredAccount } from '#accounts/entered.ts';

/** A browser's part in a login: it keeps cookies, sends forms from their own page, and follows nothing by itself. */
export interface Visitor {
  get(path: string): Promise<Response>;
  /** Sends a form to a page's action. */
  send(path: string, fields: Record<string, string>): Promise<Response>;
  /** Asks in any way. */
  ask(path: string, init: RequestInit): Promise<Response>;
  /** The cookies as they are sent. */
  cookie(): string;
}

/** Makes the first administrator by the path of the claim that the start has printed, and signs in as them. */
export async function claimAs(visitor: Visitor, claim: string, account: EnteredAccount): Promise<void> {
  const answer = await visitor.send(claim, { ...account });
  if (answer.status !== 303) throw new Error(`The claim answered ${answer.status}: ${await answer.text()}`);
}

/** Invites somebody as an administrator, and accepts for them; they are signed in. */
export async function invitedBy(
  administrator: Visitor,
  origin: string,
  { role, organisation = '', ...account }: EnteredAccount & { role: string; organisation?: string },
): Promise<Visitor> {
  const answer = await administrator.send('/settings/people?/invite', { ...account, role, organisation });
  const [link] = /http:[^\s<"]+\/invitation\/[\w-]+/.exec(await answer.text()) ?? [];
  if (link === undefined) throw new Error(`The invitation answered ${answer.status}.`);
  const guest = visitorOf(origin);
  await guest.send(new URL(link).pathname, { name: account.name, password: account.password });
  return guest;
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
    ask,
    get: (path) => ask(path, {}),
    send: (path, fields) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'text/html' } }),
  };
}

/** What came of a request: its status, and where it leads or what it shows. */
export async function shown(response: Promise<Response>): Promise<[status: number, said: string]> {
  const answer = await response;
  return [answer.status, answer.headers.get('location') ?? (await answer.text())];
}
