import { networkInterfaces } from 'node:os';
import { isIPv4 } from 'node:net';

/** A host as a request names it, in one form: lower case, Punycode, short IPv6, without a default port. */
export interface NamedHost {
  /** The name or address alone, without brackets and without the dot that ends a full name. */
  name: string;
  /** With its port, as it belongs into an address. */
  host: string;
}

/** A host and perhaps a port, and nothing that would make another part of an address of it. */
const hostForm = /^(?:\[[0-9a-f:.]+\]|[^\s/@?#\\:%[\]<>^|]+)(?::\d{1,5})?$/iu;

/**
 * Reads a `Host` (or a forwarded one) as browsers read addresses, so that one host has one spelling. `null` when it is
 * none: empty, with a path, a user or a zone in it, or no name at all. Bytes that Node read as Latin-1 are UTF-8.
 */
export function namedHost(text: string | undefined): NamedHost | null {
  const said = readAsUtf8(text?.trim() ?? '');
  if (!hostForm.test(said)) return null;
  const url = URL.parse(`http://${said}`);
  if (!url || url.hostname === '') return null;
  return { name: plainName(url.hostname), host: url.host };
}

function readAsUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text; // Really Latin-1.
  }
}

/** The name without brackets and final dot; an IPv4 address written as IPv6 is the IPv4 one. */
function plainName(hostname: string): string {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name);
  if (!mapped) return name;
  const bits = (Number.parseInt(mapped[1] ?? '', 16) << 16) | Number.parseInt(mapped[2] ?? '', 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** A name that every machine takes for itself (RFC 6761), or an address of loopback. No other name can lead there. */
function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIPv4(name) && name.startsWith('127.'))
  );
}

/** The name of the setting `HOST`, or of an interface, as `namedHost` gives names: without the zone of a link-local one. */
function nameOf(address: string): string {
  const plain = address.replace(/%.*$/, '');
  return namedHost(plain.includes(':') ? `[${plain}]` : plain)?.name ?? plain.toLowerCase();
}

/** Whether `HOST` means every address of this machine. */
export function isAnyAddress(host: string): boolean {
  return ['0.0.0.0', '::'].includes(nameOf(host));
}

/** How long the addresses of this machine are taken for known: they change when networks come and go. */
const addressesFor = 5_000;

/** What decides which hosts are ours. */
export interface OwnHosts {
  /** The setting `HOST`. */
  host: string;
  publicUrl: URL | null;
  /** The addresses of this machine; those of its interfaces when not said. */
  addresses?: () => readonly string[];
  /** Milliseconds that only go forward. */
  time?: () => number;
}

/**
 * Tells whether a host is one of ours: a name of loopback, `HOST`, that of `PUBLIC_URL`, or, when `HOST` is a wildcard, an
 * address of this machine. Ports do not matter: tunnels and containers map them, and the browser of somebody who was led
 * here by a foreign name sends that name, whatever the port.
 */
export function ownHostCheck(own: OwnHosts): (name: string) => boolean {
  const { addresses = interfaceAddresses, time = () => performance.now() } = own;
  const publicName = own.publicUrl ? namedHost(own.publicUrl.host)?.name : undefined;
  const isAny = isAnyAddress(own.host);
  const hostName = nameOf(own.host);
  let known = new Set<string>();
  let readAt = -Infinity;
  const isOfThisMachine = (name: string): boolean => {
    if (time() - readAt >= addressesFor) {
      known = new Set(addresses().map(nameOf));
      readAt = time();
    }
    return known.has(name);
  };
  return (name) =>
    isLoopbackName(name) || name === hostName || name === publicName || (isAny && isOfThisMachine(name));
}

function interfaceAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((those) => (those ?? []).map(({ address }) => address));
}
