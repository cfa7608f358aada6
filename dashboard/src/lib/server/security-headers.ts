/** What pages may load, as the kit takes it: it adds the hashes of the scripts and styles it writes into a page. */
export const contentSecurityPolicy = {
  'default-src': ['self'],
  'script-src': ['self'],
  // The hash is that of the icon's own style (`static/favicon.svg`).
  'style-src': ['self', 'sha256-aIfsSR7BklRrH3Ghwa6+YFKMIpJBC6c0uicyhMj+KS4='],
  // The kit's own announcer of navigations carries one style attribute: this is its hash.
  'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
  'img-src': ['self', 'data:'],
  'font-src': ['self'],
  'connect-src': ['self'],
  'object-src': ['none'],
  'base-uri': ['self'],
  'form-action': ['self'],
  'frame-ancestors': ['none'],
} satisfies Record<string, ('self' | 'none' | 'unsafe-hashes' | 'data:' | `sha256-${string}`)[]>;

const policy = Object.entries(contentSecurityPolicy)
  .map(([name, sources]) => [name, ...sources.map((source) => (source === 'data:' ? source : `'${source}'`))])
  .map((words) => words.join(' '))
  .join('; ');

/** Where what is shown by a link is, which other sites may frame: its policy says which. Every other page none may. */
export const sharePath = '/share/';

/**
 * The headers of every answer, whatever gives it: pages, lists, files, what is not found and what is refused. The kit
 * puts its own policy, with hashes, in the place of this one on pages. `isHttps`: people reach the site by https only.
 */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
