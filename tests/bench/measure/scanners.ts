import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visitorOf } from '../../helpers/signed-in.ts';
import { oddForms } from '../../security/fields.ts';
import type { SweptServer } from '../../security/swept-server.ts';

/** What came of a scan: a scanner that is not installed, one that broke or was stopped, or what it found. */
export type Scan =
  { state: 'missing' } | { state: 'failed'; why: string } | { state: 'done'; findings: number };

/** How a program ended; `null` when it is not installed. */
interface Ended {
  code: number | null;
  output: string;
}

type Report = (progress: string) => void;

const secondsOfTarget = 90;
const secondsOfWapiti = 240;

/** Runs a program to its end, for so long at most; `code` is `null` when it was stopped. */
async function run(program: string, parameters: readonly string[], seconds: number): Promise<Ended | null> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (output += part));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** What sqlmap has said of one address: how many parameters it can inject into; `null` when it did not come to an end. */
export function sqlmapFindings({ code, output }: Ended): number | null {
  const found = output.match(/^Parameter: .+$/gm)?.length ?? 0;
  if (found > 0) return found;
  return code === 0 && /all tested parameters do not appear to be injectable/.test(output) ? 0 : null;
}

/** What the report of wapiti holds: each finding in words; `null` for what is no report. */
export function wapitiFindings(report: string): string[] | null {
  try {
    const { vulnerabilities, anomalies } = JSON.parse(report) as Record<
      'vulnerabilities' | 'anomalies',
      Record<string, { info: string; path: string; parameter: string }[]>
    >;
    return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, those]) =>
      those.map(({ info, path, parameter }) => `${kind}: ${path} ${parameter}: ${info}`),
    );
  } catch {
    return null;
  }
}

/** A session of the administrator's for a scanner. */
async function sessionOf({ origin, login, store }: SweptServer): Promise<string> {
  store.forgetTries();
  const visitor = visitorOf(origin);
  const { status } = await visitor.send('/login', { ...login });
  if (status !== 303) throw new Error(`The login for a scanner answered ${status}.`);
  return visitor.cookie();
}

/** Every address with parameters, and the login, tried by sqlmap. */
export async function scanWithSqlmap(server: SweptServer, report: Report): Promise<Scan> {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-sqlmap-'));
  try {
    const cookie = await sessionOf(server);
    const addresses = oddForms(server)
      .filter(({ kind }) => kind === 'search' || kind === 'api')
      .map(({ name, fields }) => [
        '-u',
        `${server.origin}${name}?${fields.map((field) => `${field}=1`).join('&')}`,
      ]);
    const login = ['-u', `${server.origin}/login`, '--data', 'email=anna%40example.ru&password=1'];
    let findings = 0;
    for (const target of [...addresses, login]) {
      server.store.forgetTries();
      const isOpen = target.includes('--data');
      const session = isOpen ? ['--headers', `Origin: ${server.origin}`] : ['--cookie', cookie];
      const how = ['--batch', '--flush-session', '--technique=BEU', '--timeout=10', '--retries=0'];
      const more = [
        '--disable-coloring',
        '--output-dir',
        directory,
        '--ignore-code=*',
        '--level=1',
        '--risk=1',
      ];
      const ended = await run(
        'sqlmap',
        [...target, ...session, ...how, ...more, '--drop-set-cookie'],
        secondsOfTarget,
      );
      if (!ended) return { state: 'missing' };
      const found = sqlmapFindings(ended);
      if (found === null) {
        report(`sqlmap failed on ${target.slice(1).join(' ')}:\n${ended.output.slice(-800)}`);
        return { state: 'failed', why: ended.output.slice(-400) };
      }
      if (found > 0) report(`sqlmap: ${target.slice(1).join(' ')}:\n${ended.output.slice(-2000)}`);
      findings += found;
    }
    return { state: 'done', findings };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What would end the session of whoever sends it. */
const endsSessions = /^\/(?:logout|account|password|claim|login)\b/;

/**
 * The server as somebody sees it who has signed in, at an address of its own: whatever a crawler sends has their session, and what
 * would end that is not passed on.
 */
async function openSignedIn(
  origin: string,
  cookie: string,
): Promise<{ origin: string; close(): Promise<void> }> {
  const { host } = new URL(origin);
  const front = createServer((asked, answer) => {
    if (asked.method !== 'GET' && endsSessions.test(asked.url ?? '')) {
      answer.writeHead(404).end();
      return;
    }
    const headers = { ...asked.headers, host, origin, cookie };
    const passed = request(`${origin}${asked.url}`, { method: asked.method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}

/** The modules of wapiti that ask nobody but the server. */
const modules = [
  ...['blindsql', 'cookieflags', 'crlf', 'csp', 'exec', 'file', 'http_headers', 'methods', 'permanentxss'],
  ...['redirect', 'shellshock', 'sql', 'xss'],
];

/**
 * Findings that are none (docs/security-checks.md): that the server is asked over plain http, which on loopback it is; and that it
 * does not set a header that browsers have taken out, and that could be turned against a page.
 */
const explained =
  /^(?:Secure Flag cookie|HTTP Secure Headers: .*(?:Strict-Transport-Security|X-XSS-Protection))/i;

/** The pages as an administrator sees them, crawled and tried by wapiti. */
export async function scanWithWapiti(server: SweptServer, report: Report): Promise<Scan> {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-wapiti-'));
  const signedIn = await openSignedIn(server.origin, await sessionOf(server));
  try {
    const file = join(directory, 'report.json');
    const scope = ['-u', `${signedIn.origin}/`, '--scope', 'domain'];
    const bounds = [
      '-d',
      '2',
      '--max-links-per-page',
      '30',
      '--max-scan-time',
      '60',
      '--max-attack-time',
      '12',
    ];
    const stored = ['--store-session', directory, '--store-config', directory, '-f', 'json', '-o', file];
    const rest = ['-m', modules.join(','), '--no-bugreport', '--flush-session'];
    const ended = await run('wapiti', [...scope, ...bounds, ...stored, ...rest], secondsOfWapiti);
    if (!ended) return { state: 'missing' };
    const found = ended.code === 0 ? wapitiFindings(readFileSync(file, 'utf8')) : null;
    if (!found) {
      report(`wapiti failed:\n${ended.output.slice(-2000)}`);
      return { state: 'failed', why: ended.output.slice(-400) };
    }
    for (const finding of found) report(`wapiti: ${finding}`);
    return { state: 'done', findings: found.filter((finding) => !explained.test(finding)).length };
  } finally {
    await signedIn.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
