import { posix } from 'node:path';

/** A room of the house: what it holds, what it may import, and why no more. */
export interface Room {
  mayImport: readonly string[];
  /** Of these only types. */
  typesOf?: readonly string[];
  why: string;
}

/**
 * The allowed arrows between rooms. `docs/architecture.md` shows the same table (a test compares them).
 * Data flow one way, from the networks to the screen; imports follow and never run back.
 */
export const rooms: Readonly<Record<string, Room>> = {
  domain: {
    mayImport: [],
    why: 'domain/ is what is true without any I/O. It is a leaf, so that everything can rest on it.',
  },
  schema: {
    mayImport: ['domain'],
    why: 'schema/ is the databases. It knows nothing of who fills or asks them.',
  },
  collector: {
    mayImport: ['domain', 'schema'],
    why: 'collector/ brings in what the networks say. It reports what changed, and others count it.',
  },
  analytics: {
    mayImport: ['domain', 'schema'],
    why: 'analytics/ asks the databases. It must give the same numbers whoever collected and whoever looks.',
  },
  register: {
    mayImport: ['domain', 'schema'],
    why: 'register/ is organisations, people and pages. Collecting and counting are others’ business.',
  },
  accounts: {
    mayImport: ['domain', 'schema', 'register'],
    why: 'accounts/ says who is there and who may do what. It knows no screen.',
  },
  wording: {
    mayImport: ['domain', 'analytics'],
    typesOf: ['analytics'],
    why: 'wording/ says in words what analytics/ has found (its types), for screens, letters and papers alike. It asks nothing.',
  },
  papers: {
    mayImport: ['domain', 'wording'],
    why: 'papers/ makes what is printed or filed of what it is given. It asks nothing.',
  },
  contest: {
    mayImport: ['domain', 'schema', 'analytics', 'register', 'wording', 'papers'],
    why: 'contest/ is made of measures and the register. It neither collects nor draws screens.',
  },
  digest: {
    mayImport: ['domain', 'schema', 'analytics', 'register', 'wording', 'papers'],
    why: 'digest/ writes about measures and people. It neither collects nor draws screens.',
  },
  dashboard: {
    mayImport: [
      'domain',
      'schema',
      'analytics',
      'register',
      'accounts',
      'wording',
      'papers',
      'contest',
      'digest',
    ],
    why:
      'dashboard/ shows what is stored. What needs the networks (resolving a link, a live check) is handed ' +
      'to it by the composition root, so that no page view can cause a call to a network.',
  },
  simulator: {
    mayImport: [],
    why:
      'simulator/ is a product of its own, and its truth is counted apart from the product’s code. ' +
      'Code shared with what it proves would share its mistakes.',
  },
  cli: {
    mayImport: ['*'],
    why: 'cli/ holds the composition roots: it joins everything, and nobody imports it but tests/.',
  },
  tests: { mayImport: ['*'], why: 'tests/ holds what crosses rooms.' },
};

/** What tests beside the code may import besides their own room’s arrows: the simulated networks and helpers. */
const alsoForTests = ['simulator', 'tests'];

/** Packages that one room alone may name, so that the rest of the house can be moved to another. */
const owners: Readonly<Record<string, { room: string; why: string }>> = {
  chdb: { room: 'schema', why: 'Only schema/ names a database driver.' },
  '@clickhouse/client': { room: 'schema', why: 'Only schema/ names a database driver.' },
  pg: { room: 'schema', why: 'Only schema/ names a database driver.' },
  'node:sqlite': { room: 'schema', why: 'Only schema/ names a database driver.' },
  'better-auth': { room: 'accounts', why: 'Only accounts/ signs people in.' },
  'vk-io': { room: 'collector', why: 'Only collector/ talks to the networks.' },
  'node-cron': { room: 'collector', why: 'Only collector/ has a schedule.' },
};

/** The room a file (path from the repository’s root) belongs to; files at the root are composition roots. */
export function roomOf(path: string): string {
  const [first, ...rest] = path.split('/');
  return rest.length === 0 ? 'cli' : (first ?? 'cli');
}

/** The path from the root that an import by a room's alias names: `#domain/period.ts`, `#lib/filters.ts`. */
export function fromAlias(source: string): string {
  return source.startsWith('#lib/') ? `dashboard/src/lib/${source.slice(5)}` : source.slice(1);
}

/**
 * What is wrong with an import, as a message for the one who wrote it; `null` when nothing is.
 * @param file path of the importing file from the repository’s root, with forward slashes
 * @param source what stands in the import: `./period.ts`, `#domain/period.ts`, `#lib/...`, `chdb/connection`
 * @param isType whether it is an `import type`
 */
export function importProblem(file: string, source: string, isType = false): string | null {
  const from = roomOf(file);
  if (from === 'tests') return null;
  const isTest = /\.(test|contract)\.ts$/.test(file);
  if (!/^[.#]/.test(source)) {
    return isTest ? null : ownerProblem(file, from, source);
  }
  const target = source.startsWith('#')
    ? fromAlias(source)
    : posix.normalize(posix.join(posix.dirname(file), source));
  const to = roomOf(target);
  const room = rooms[from];
  // Documents are data, not code: whoever shows one may read it.
  if (to === from || to === 'docs' || target.endsWith('package.json')) return null;
  if (!room) {
    return `${file} is in ${from}/, which is no room of this house. Rooms: ${Object.keys(rooms).join(', ')}.`;
  }
  if (room.typesOf?.includes(to) && !isType && !isTest) {
    return `${file} may import only types of ${to}/ (${target}): \`import type\`. ${room.why} See docs/architecture.md.`;
  }
  if (room.mayImport.includes('*') || room.mayImport.includes(to) || (isTest && alsoForTests.includes(to))) {
    return source.startsWith('../') ? `Import from another room by its alias: '#${target}'.` : null;
  }
  const allowed =
    room.mayImport.length === 0 ? 'nothing of ours' : room.mayImport.map((r) => `${r}/`).join(', ');
  return (
    `${from}/ may not import ${to}/ (${target}). ${room.why} It may import: ${allowed}. ` +
    'Move what is shared down to a room both may import, or let the composition root pass it in. ' +
    'See docs/architecture.md.'
  );
}

function ownerProblem(file: string, from: string, source: string): string | null {
  for (const [name, { room, why }] of Object.entries(owners)) {
    if (source !== name && !source.startsWith(`${name}/`)) continue;
    if (from === room) return null;
    return `${file} imports ${source}, but only ${room}/ may. ${why} See docs/architecture.md.`;
  }
  return null;
}
