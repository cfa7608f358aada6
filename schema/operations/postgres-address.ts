import pg from 'pg';

/** The words that `sslmode` may be: libpq's, and `no-verify`, which is the driver's own. */
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;
type SslMode = (typeof sslModes)[number];

/** An address whose `sslmode` is no word of libpq's. */
class UnknownSslMode extends Error {
  override readonly name = 'UnknownSslMode';

  constructor() {
    super(`sslmode is one of ${sslModes.join(', ')}`);
  }
}

function modeOf(url: URL): SslMode | null {
  const given = url.searchParams.get('sslmode');
  if (given === null) return null;
  const mode = sslModes.find((name) => name === given);
  if (!mode) throw new UnknownSslMode();
  return mode;
}

function withMode(url: URL, mode: SslMode): string {
  const changed = new URL(url);
  changed.searchParams.set('sslmode', mode);
  // `require` encrypts and verifies nothing, unless `sslrootcert` is given; the driver alone would take it for `verify-full`.
  if (mode !== 'no-verify') changed.searchParams.set('uselibpqcompat', 'true');
  return changed.href;
}

/** One way of connecting to a server, and whether the next one is tried after such an error. */
export interface Way {
  connectionString: string;
  isEncrypted: boolean;
  isRefused(error: unknown): boolean;
}

const never = (): boolean => false;

/**
 * The ways of connecting to an address, in the order in which libpq tries them: `prefer` is encrypted where the server can be,
 * `allow` where it must be. Throws `UnknownSslMode`, and what the driver throws of an address that it cannot use.
 */
export function waysTo(address: string): readonly [Way, ...Way[]] {
  const url = new URL(address);
  const mode = modeOf(url);
  const plain: Way = { connectionString: withMode(url, 'disable'), isEncrypted: false, isRefused: never };
  const encrypted: Way = { connectionString: withMode(url, 'require'), isEncrypted: true, isRefused: never };
  const ways = ((): readonly [Way, ...Way[]] => {
    if (mode === 'prefer') return [{ ...encrypted, isRefused: isEncryptionRefused }, plain];
    if (mode === 'allow') return [{ ...plain, isRefused: isSessionRefused }, encrypted];
    const connectionString = mode === null ? address : withMode(url, mode);
    return [{ connectionString, isEncrypted: mode !== null && mode !== 'disable', isRefused: never }];
  })();
  // Reads the files that the address names; nothing is opened yet.
  for (const { connectionString } of ways) new pg.Client({ connectionString });
  return ways;
}

/** `pg_hba.conf` has no entry for such a connection. */
function isSessionRefused(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '28000';
}

function isEncryptionRefused(error: unknown): boolean {
  if (isSessionRefused(error)) return true;
  if (!(error instanceof Error) || error instanceof pg.DatabaseError) return false;
  const { code = '' } = error as { code?: string };
  return (
    error.message === 'The server does not support SSL connections' ||
    /^(?:EPROTO|ERR_(?:SSL|TLS))/u.test(code)
  );
}
