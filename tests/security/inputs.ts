/** What is odd about an input. */
export type OddKind = keyof typeof texts | 'malformed' | 'oversize';

/** An odd input: what is sent as a value, or beside the fields of a form as one more field. */
export interface OddInput {
  kind: OddKind;
  /** How it is told in a failure. */
  name: string;
  /** As it stands in an address or a form: percent-encoded, whether it is UTF-8 or not. */
  encoded: string;
  /** As text; what is no UTF-8 as a decoder gives it. */
  text: string;
  /** A field of its own beside those that a form has: its name, or its name and value. */
  isField: boolean;
}

/** What `odd7` or `x-odd7` is named in, the input has made. */
const texts = {
  markup: [
    '<script>odd7()</script>',
    '<SCRIPT SRC=//odd7.example/x.js></SCRIPT>',
    '<img src=x onerror=odd7()>',
    '<svg onload=odd7()>',
    '<svg><script>odd7()</script></svg>',
    '<x-odd7>',
    '</title><x-odd7>',
    '</textarea><x-odd7>',
    '</script><script>odd7()</script>',
    '--><x-odd7>',
    ']]><x-odd7>',
    '"><x-odd7>',
    "'><x-odd7>",
    '" onmouseover="odd7()',
    "' onfocus='odd7()' autofocus='",
    '<a href="javascript:odd7()">odd7</a>',
    '<iframe srcdoc="<x-odd7>"></iframe>',
    '<object data=//odd7.example></object>',
    '<base href=//odd7.example/>',
    '<meta http-equiv=refresh content=0;url=//odd7.example>',
    '<form action=//odd7.example><input name=x-odd7></form>',
    '<style>*{display:none}</style>',
    '<math><mi xlink:href=javascript:odd7()>x</mi></math>',
    '<details open ontoggle=odd7()>',
    '&lt;x-odd7&gt;',
    '&#60;x-odd7&#62;',
    '\\u003cx-odd7\\u003e',
    '%3Cx-odd7%3E',
    '<<x-odd7>>',
    '<!--[--><x-odd7><!--]-->',
  ],
  sql: [
    "'",
    "''",
    '"',
    '`',
    "' OR '1'='1",
    '" OR "1"="1',
    "' OR 1=1 --",
    "'; DROP TABLE organisations; --",
    '1; DELETE FROM journal',
    '1 OR 1=1',
    '1) OR (1=1',
    "' UNION SELECT NULL, NULL --",
    '1 UNION SELECT token FROM sessions',
    "'||(SELECT 1)||'",
    "\\'",
    '\\',
    '1/*odd7*/',
    "admin'--",
    "x' AND sleep(9)='",
    "'; SELECT pg_sleep(9); --",
    '%',
    '_',
    "%' OR '%'='",
    '[0-9]',
    '{odd7:String}',
    '{odd7:Int32}',
    '$1',
    '?',
    ':odd7',
    '1e309',
  ],
  template: [
    '{{7*7}}',
    '{{odd7}}',
    '${7*7}',
    '#{7*7}',
    '<%= 7*7 %>',
    '{%raw%}odd7',
    '{odd7}',
    '{count, plural, one {x} other {y}}',
    '%profpulse.locale%',
    '%sveltekit.head%',
    '[[7*7]]',
    '@(7*7)',
    '$&',
    "$'",
    '$$',
  ],
  paths: [
    '../../../etc/passwd',
    '..\\..\\windows\\win.ini',
    '/etc/passwd',
    'file:///etc/passwd',
    '....//....//etc/passwd',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%2f..%2f.env',
    '..%252f..%252f.env',
    '.env',
    'operations.sqlite',
    '../data/operations.sqlite',
    'C:\\odd7',
    '\\\\odd7.example\\share',
    '/proc/self/environ',
    'con',
    './',
    '..',
    '//',
    '/__data.json',
    'x/../../login',
  ],
  formula: [
    '=1+1',
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://odd7.example","odd7")',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    '\t=1+1',
    '\r=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
    "'=1+1",
    '"=1+1"',
    ';=1+1',
  ],
  lines: [
    'odd7\r\nx-odd7: yes',
    'odd7\nx-odd7: yes',
    'odd7\rx-odd7: yes',
    'odd7\r\nset-cookie: odd7=1',
    'odd7\r\n\r\n<x-odd7>',
    'odd7%0d%0ax-odd7:%20yes',
    'odd7\u2028x-odd7: yes',
    'odd7\u2029x',
    'odd7\u0085x-odd7: yes',
    '嘊嘍x-odd7: yes',
    'a\r\nb;c,d\te',
    '\r\n',
    '\n\n\n',
    'odd7\u000bx\fy',
    'odd7\\r\\nx-odd7: yes',
  ],
  control: [
    '\u0000',
    'odd7\u0000odd7',
    '\u0001\u0002\u0003',
    '\u001b[31modd7',
    '\u001b]0;odd7\u0007',
    '\u0007\b',
    '\u007f',
    '\u0080\u009f',
    '\u202eodd7',
    '\u202dodd7\u202c',
    '\u2066odd7\u2069',
    '\u200f\u200e',
    '\u200bodd7\u200b',
    '\ufeffodd7',
    '\u00ad\u00ad',
    '\ufffe',
    '\uffff',
    '\udb40\udc41\udb40\udc42',
    'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
    'аdmin@odd7.example',
  ],
  names: [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__proto__[admin]',
    'constructor.prototype.admin',
    '__proto__.role',
    '__defineGetter__',
  ],
  extra: [
    ...([
      'role=administrator',
      'roles[]=administrator',
      'isAdmin=true',
      'permission=accounts.manage',
    ] as const),
    ...(['scopes=accounts.manage', 'id=1', 'user_id=1', 'userId=1', 'organisation_id=1', 'within='] as const),
    ...(['who=odd7', 'address=odd7', 'token=odd7', 'createdBy=odd7', 'email_verified=1'] as const),
    ...(['at=2020-01-01', 'ends_at=2999-01-01', 'endsAt=2999-01-01', 'expiresAt=2999-01-01'] as const),
  ],
  sites: [
    'https://odd7.example/',
    '//odd7.example',
    '///odd7.example',
    '/\\odd7.example',
    '\\\\odd7.example',
    'https:odd7.example',
    'javascript:odd7()',
    'JaVaScRiPt:odd7()',
    'java\tscript:odd7()',
    'data:text/html,<x-odd7>',
    'vbscript:odd7',
    'http://odd7@127.0.0.1/',
    'http://127.0.0.1:1/',
    '/login?to=//odd7.example',
    'https://vk.com.odd7.example/club1',
  ],
  hosts: [
    'odd7.example',
    'odd7.example:80',
    '127.0.0.1.odd7.example',
    'localhost.odd7.example',
    '[::1',
    '0x7f000001',
    'odd7.example#.localhost',
    'localhost@odd7.example',
  ],
} as const;

/** Bytes that are no UTF-8, percent-encoded. */
const malformed = [
  '%ff',
  '%fe%fe%ff%ff',
  '%c0%af',
  '%c3%28',
  '%e2%28%a1',
  '%ed%a0%80',
  '%ed%b0%80%ed%a0%80',
  '%f0%28%8c%28',
  '%f8%a1%a1%a1%a1',
  'odd7%80',
  '%e0%80%af',
  '%',
] as const;

/** Texts that are long for a field, and not for a form: what is repeated, and how often. */
const oversize = [
  ['x', 301],
  ['я', 400],
  ['x', 2001],
  ['9', 400],
  ['x ', 2000],
  ['\ud83d\ude42', 3000],
  ['x', 20000],
  ['<x-odd7>', 2000],
  ["'", 5000],
  ['%00', 1500],
] as const;

const decoded = (encoded: string): string =>
  Buffer.from(
    encoded.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();

/** The kinds that name a field of their own. */
const fieldKinds: readonly string[] = ['names', 'extra'];

/** More than two hundred odd inputs, in an order that never changes. */
export const oddInputs: readonly OddInput[] = [
  ...Object.entries(texts).flatMap(([kind, those]) =>
    those.map((text) => ({
      ...{ kind: kind as OddKind, name: JSON.stringify(text), text },
      encoded: text
        .split('=')
        .map(encodeURIComponent)
        .join(kind === 'extra' ? '=' : '%3D'),
      isField: fieldKinds.includes(kind),
    })),
  ),
  ...malformed.map((encoded) => ({
    ...{ kind: 'malformed' as const, name: encoded, encoded, isField: false },
    text: decoded(encoded),
  })),
  ...oversize.map(([part, times]) => ({
    ...{
      kind: 'oversize' as const,
      name: `${times} times ${part}`,
      text: part.repeat(times),
      isField: false,
    },
    encoded: encodeURIComponent(part.repeat(times)),
  })),
];
