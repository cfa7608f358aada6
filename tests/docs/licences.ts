/** What a lock file says of a package. */
interface Locked {
  license?: string;
  dev?: boolean;
  optionalDependencies?: Record<string, string>;
}

/** A package that the program is distributed with, or runs on. */
export interface Licensed {
  name: string;
  /** As its maker says it (SPDX); `null` when it says nothing. */
  licence: string | null;
}

/**
 * Licences under which a package may be combined with ours, AGPL-3.0-or-later: permissive ones, the GNU ones from version 3 on
 * (section 13 of the GPL), and MPL-2.0 (its section 3.3).
 */
const compatible: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Unlicense', '(MIT AND Zlib)'],
  ...['Apache-2.0', '(Apache-2.0 WITH LLVM-exception)', 'MPL-2.0', 'OFL-1.1'],
  ...['GPL-3.0-or-later', 'LGPL-3.0-or-later', 'AGPL-3.0-or-later'],
]);

/** Packages that say their licence in a file alone (`LICENSE`), as read there. */
const saidInFile: Readonly<Record<string, string>> = { '@inlang/plugin-message-format': 'MIT' };

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/**
 * Packages of a lock file but those for developing alone. Of parts for other systems, which the file describes without their
 * licences, that of the package that asks for them.
 */
export function licencesIn(lock: { packages: Record<string, Locked> }): Licensed[] {
  const entries = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));
  const ofWhole = new Map(
    entries.flatMap(([, { license, optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).map((part) => [part, license] as const),
    ),
  );
  return entries
    .filter(([, { dev }]) => !dev)
    .map(([path, { license }]) => ({
      name: nameOf(path),
      licence: license ?? ofWhole.get(nameOf(path)) ?? saidInFile[nameOf(path)] ?? null,
    }));
}

/** Packages that may not be combined with ours, or say nothing. */
export const incompatible = (packages: readonly Licensed[]): Licensed[] =>
  packages.filter(({ licence }) => licence === null || !compatible.has(licence));

/** Where in `docs/security-checks.md` the table of licences stands. */
const begin = '<!-- licences: written by `node tests/docs/write.ts` -->';
const end = '<!-- /licences -->';

/** The page with its table of licences: how many packages each has, and of the rare ones which. */
export function withLicences(page: string, packages: readonly Licensed[]): string {
  const groups = [...Map.groupBy(packages, ({ licence }) => licence ?? 'none said')]
    .map(([licence, those]) => [licence, [...new Set(those.map(({ name }) => name))].sort()] as const)
    .sort(([one, those], [other, others]) => others.length - those.length || one.localeCompare(other));
  const rows = groups.map(([licence, names]) => {
    const named = names.length > 3 ? '' : names.map((name) => `\`${name}\``).join(', ');
    return `| ${licence} | ${names.length} | ${named} |`;
  });
  const table = ['| licence | packages | which |', '|---|---|---|', ...rows].join('\n');
  const [before = '', rest = ''] = page.split(begin);
  const [, after = ''] = rest.split(end);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
