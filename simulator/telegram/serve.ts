import type { Api } from 'telegram';
import type { SimulatorClock } from '../clock.ts';
import { CallLog, type UnexpectedCall } from '../vk/call-log.ts';
import { type FaultScope, Faults } from '../vk/faults.ts';
import type { World } from '../world/world.ts';
import { Account, type AccountSettings } from './accounts.ts';
import { channelsOf, type MethodContext, methods } from './methods.ts';
import { type CallPlace, isAt, type OddAnswer, spoilt } from './odd-answers.ts';
import { type Reply, serveProtocol } from './protocol-server.ts';
import { codeOf, TelegramRefusal } from './refusal.ts';

/**
 * What goes wrong, beside `FaultScope` (`page` is a channel's id, `token` an account's name): `refuse` with `word`, e.g.
 * FLOOD_WAIT_30; an answer after `delay` real milliseconds; no answer; the connection is cut; the server has forgotten the
 * account's key; an answer without messages (`empty`), or with another channel's (`foreign`). `offset` hits only calls for
 * messages of that place. `method: 'connection'` hits new connections before a word is said, by `hang` and `cut`.
 */
export interface TelegramFault extends FaultScope, Omit<OddAnswer, 'kind'> {
  kind: 'refuse' | 'delay' | 'hang' | 'cut' | 'forget' | OddAnswer['kind'];
  word?: string;
  /** For `refuse`: the code, where another than the usual one is wanted. */
  code?: number;
  delay?: number;
  /** Only calls for the newest messages, for older ones, or for those before this id. */
  offset?: CallPlace;
}

/** How the server is started. */
export interface TelegramServerOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Without them one account, `simulator`. */
  accounts?: readonly AccountSettings[];
  /** What clients must say they are; 12345 without it. */
  apiId?: number;
}

/** A running server that speaks MTProto to accounts whose sessions are ready. */
export interface TelegramServer {
  /** `TELEGRAM_PROXY`: the server stands behind a SOCKS5 greeting, since clients dial Telegram's own addresses. */
  proxy: string;
  port: number;
  apiId: number;
  /** By name. */
  accounts: ReadonlyMap<string, Account>;
  /** `TELEGRAM_SESSIONS`, in the order of the accounts. */
  sessions: string[];
  faults: Faults<TelegramFault>;
  /** Every call, with the account's name for its token. */
  calls: CallLog;
  /** What was asked for and is not there, and breaches of the protocol. */
  unexpected: UnexpectedCall[];
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/** What a client may call before it has said what it is. */
const wrappers = /^(InvokeWithLayer|InitConnection|InvokeWithoutUpdates)$/;

/** The request inside of those that wrap it, and what the client says about itself. */
function unwrap(request: Api.AnyRequest): { inner: Api.AnyRequest; apiId: number | null } {
  let inner: Api.AnyRequest = request;
  let apiId: number | null = null;
  while (wrappers.test(inner.className)) {
    const wrapper = inner as { apiId?: number; query?: Api.AnyRequest };
    if (!wrapper.query) break;
    apiId = wrapper.apiId ?? apiId;
    inner = wrapper.query;
  }
  return { inner, apiId };
}

/** Starts the server on loopback. Rejects when the port is taken. */
export async function serveTelegram(
  parts: { world: World; clock: SimulatorClock },
  options: TelegramServerOptions = {},
): Promise<TelegramServer> {
  const { world, clock } = parts;
  const apiId = options.apiId ?? 12_345;
  const accounts = new Map(
    (options.accounts ?? [{ name: 'simulator' }]).map((settings) => [settings.name, new Account(settings)]),
  );
  const faults = new Faults<TelegramFault>();
  const calls = new CallLog();
  const unexpected: UnexpectedCall[] = [];
  const note = (what: string): void => {
    unexpected.push({ at: clock.now(), what });
  };
  const greeted = new WeakSet<object>();

  const resultOf = (request: Api.AnyRequest, context: MethodContext) => {
    context.account.mustLive();
    const method = methods[request.className];
    if (!method) {
      note(`method ${request.className}`);
      throw new TelegramRefusal('METHOD_INVALID');
    }
    return method(request, context);
  };

  const reply = (account: Account, whole: Api.AnyRequest, connection: object): Reply => {
    const { inner, apiId: saidId } = unwrap(whole);
    const instant = clock.now().getTime();
    const method = inner.className;
    const pages = channelsOf(inner, { world, instant });
    const token = account.settings.name;
    const rule = faults.take({ method, pages, token }, ({ offset }) => isAt(inner, offset));
    let failure: TelegramRefusal | null = null;
    let reply: Reply;
    try {
      if (saidId !== null) greeted.add(connection);
      if (saidId !== null && saidId !== apiId) throw new TelegramRefusal('CONNECTION_API_ID_INVALID');
      if (!greeted.has(connection)) throw new TelegramRefusal('CONNECTION_NOT_INITED');
      if (rule?.kind === 'refuse') {
        const word = rule.word ?? 'INTERNAL';
        throw new TelegramRefusal(word, rule.code ?? codeOf(word));
      }
      const answer = resultOf(inner, { world, account, instant });
      const result =
        rule?.kind === 'empty' || rule?.kind === 'foreign'
          ? spoilt(answer, { ...rule, kind: rule.kind })
          : answer;
      reply = rule?.kind === 'delay' ? { result, delay: rule.delay ?? 1000 } : { result };
    } catch (error) {
      if (!(error instanceof TelegramRefusal)) throw error;
      failure = error;
      reply = { result: error.shape() };
    }
    const said = { ...(pages[0] === undefined ? {} : { channel: String(pages[0]) }) };
    calls.add({
      method,
      at: clock.now(),
      token,
      parameters: said,
      within: 'http',
      error: failure?.code ?? null,
    });
    if (rule?.kind === 'hang') return 'silence';
    return rule?.kind === 'cut' || rule?.kind === 'forget' ? rule.kind : reply;
  };

  const server = await serveProtocol<Account>(
    {
      accountOf: (keyId) => {
        const account = [...accounts.values()].find(
          ({ key, settings }) => key.id.equals(keyId) && !settings.forgotten,
        );
        return account ? { account, key: account.key } : null;
      },
      reply,
      greet: () => {
        const greeting = { method: 'connection', pages: [], token: '' };
        const kind = faults.take(greeting, ({ method }) => method === 'connection')?.kind;
        return kind === 'hang' ? 'silence' : kind === 'cut' ? 'cut' : null;
      },
      broken: (what) => note(`protocol: ${what}`),
    },
    options,
  );
  return {
    proxy: `socks5://${options.host ?? '127.0.0.1'}:${server.port}`,
    port: server.port,
    apiId,
    accounts,
    sessions: [...accounts.values()].map(({ session }) => session),
    faults,
    calls,
    unexpected,
    open: () => server.open(),
    close: () => server.close(),
  };
}
