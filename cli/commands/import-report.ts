import { innerQuotes } from '#domain/inner-quotes.ts';
import { isMeasuredNetwork } from '#domain/networks.ts';
import type { ImportPlan } from '#register/import.ts';
import type { Headings } from '#register/columns.ts';
import type { OrganisationChange } from '#register/changes.ts';
import { describeProblem } from '#register/problems.ts';
import { describeWarning } from '#register/warnings.ts';
import type { Said } from '#domain/said.ts';
import { counted, type Locale } from '../messages.ts';

const mostLines = 200;

/** What is wrong with a file, a line for each problem, and what becomes of the rest. */
export function describeProblems(plan: ImportPlan, locale: Locale): string {
  const lines = plan.problems
    .slice(0, mostLines)
    .map((problem) => describeProblem(problem, plan.headings, locale));
  if (plan.problems.length > mostLines) {
    const more = plan.problems.length - mostLines;
    lines.push(
      locale === 'ru'
        ? `… и ещё ${counted(more, 'problem', locale)}`
        : `… and ${counted(more, 'problem', locale)} more`,
    );
  }
  const file = `${plan.file} (${formatLabel(plan.format, locale)})`;
  const problems = counted(plan.problems.length, 'problem', locale);
  if (plan.acceptable) {
    const rows = counted(plan.badRows, 'row', locale);
    lines.push(
      locale === 'ru'
        ? `${file}: ${problems}, пропущено: ${rows}.`
        : `${file}: ${problems}, left out: ${rows}.`,
    );
  } else if (plan.skippable) {
    lines.push(
      locale === 'ru'
        ? `${file}: ${problems}. Ничего не принято. Исправьте файл или повторите с --skip-bad, чтобы принять остальные строки.`
        : `${file}: ${problems}. Nothing was taken. Mend the file, or use --skip-bad to take the other rows.`,
    );
  } else {
    lines.push(locale === 'ru' ? `${file}: ничего не принято.` : `${file}: nothing was taken.`);
  }
  return lines.join('\n');
}

const separators: Readonly<Record<string, Said>> = {
  ',': { ru: 'запятая', en: 'commas' },
  ';': { ru: 'точка с запятой', en: 'semicolons' },
  tab: { ru: 'табуляция', en: 'tabs' },
};

/** What a file turned out to be, as `CSV, utf-8, ,`, in words. */
function formatLabel(format: string, locale: Locale): string {
  if (format === '') return locale === 'ru' ? 'не прочитан' : 'not read';
  const [, encoding = '', separator = ''] = /^CSV, ([^,]+), (.+)$/.exec(format) ?? [];
  if (encoding === '') return format;
  const by = separators[separator] ?? { ru: `«${separator}»`, en: `"${separator}"` };
  const name = encoding.toUpperCase();
  return locale === 'ru'
    ? `CSV, кодировка ${name}, разделитель — ${by.ru}`
    : `CSV, ${name}, separated by ${by.en}`;
}

/** What an import changes, or has changed: a line for each value, and a summary as the last line. */
export function describeImport(plan: ImportPlan, stage: 'planned' | 'done', locale: Locale): string {
  const changed = plan.changes.filter((change) => change.kind !== 'unchanged');
  const lines = changed
    .slice(0, mostLines)
    .flatMap((change) => describeChange(change, plan.headings, locale));
  if (changed.length > mostLines) {
    const more = counted(changed.length - mostLines, 'organisation', locale);
    lines.push(locale === 'ru' ? `… и ещё ${more}` : `… and ${more} more`);
  }
  if (plan.ignoredHeadings.length > 0) {
    const headings = plan.ignoredHeadings.map((heading) => `«${heading}»`).join(', ');
    lines.push(
      locale === 'ru'
        ? `Непонятные столбцы не прочитаны: ${headings}`
        : `Columns not understood and not read: ${headings}`,
    );
  }
  lines.push(...describeWarnings(plan, locale), summary(plan, stage, locale));
  return lines.join('\n');
}

function describeWarnings(plan: ImportPlan, locale: Locale): string[] {
  const shown = plan.warnings.slice(0, mostLines).map((warning) => {
    const said = describeWarning(warning, plan.headings, locale);
    return locale === 'ru' ? `Проверьте: ${said}` : `Worth a look: ${said}`;
  });
  const more = plan.warnings.length - shown.length;
  if (more > 0) shown.push(locale === 'ru' ? `… и ещё ${more}` : `… and ${more} more`);
  return shown;
}

/** That the register is written and the statistics do not have it yet: what happened, and what to do. */
export function describeNotCounted(locale: Locale): string {
  return locale === 'ru'
    ? 'Реестр записан, но статистика по нему ещё не обновлена: базу наблюдений не удалось обновить. Причина записана в журнал программы. Статистика обновится при следующем запуске npm start; импортировать файл ещё раз не нужно.'
    : 'The register is written, but the statistics do not follow it yet: the store of observations could not be brought up to date. The log has the cause. The next npm start brings it up to date; the file need not be imported again.';
}

function describeChange(change: OrganisationChange, headings: Headings, locale: Locale): string[] {
  const name = change.row.name;
  if (change.kind === 'added') {
    const pages = change.pages.map((page) => page.link.url).join(' ');
    return [`+ ${name}${pages ? `: ${pages}` : ''}`, ...movedPages(change, locale)];
  }
  return [
    `~ ${name}`,
    ...change.fields.map(
      (field) =>
        `    ${headings.get(field.column) ?? field.column}: ${quoted(field.before, locale)} → ${quoted(field.after, locale)}`,
    ),
    ...movedPages(change, locale),
  ];
}

function movedPages(change: OrganisationChange, locale: Locale): string[] {
  return change.pages
    .filter((page) => page.kind === 'moved')
    .map((page) =>
      locale === 'ru'
        ? `    ${page.link.url} переходит от организации «${innerQuotes(page.from ?? '', locale)}»`
        : `    ${page.link.url} moves from "${page.from ?? ''}"`,
    );
}

function quoted(value: string, locale: Locale): string {
  if (value === '') return locale === 'ru' ? '(пусто)' : '(nothing)';
  return locale === 'ru' ? `«${innerQuotes(value, locale)}»` : `"${value}"`;
}

function summary(plan: ImportPlan, stage: 'planned' | 'done', locale: Locale): string {
  const of = (kind: OrganisationChange['kind']): number =>
    plan.changes.filter((change) => change.kind === kind).length;
  const pages = plan.changes.flatMap((change) => change.pages);
  const added = pages.filter((page) => page.kind === 'added').length;
  const moved = pages.length - added;
  // Pages of other networks are kept and not measured, and whoever sees them counted has to know.
  const kept = pages.filter(({ kind, link }) => kind === 'added' && !isMeasuredNetwork(link.network)).length;
  if (locale === 'ru') {
    const counts = `организаций добавлено ${of('added')}, изменено ${of('changed')}, без изменений ${of('unchanged')}; страниц добавлено ${added}${kept > 0 ? ` (из них сайты и другие сети, которые не читаются: ${kept})` : ''}, перенесено ${moved}`;
    return stage === 'planned'
      ? `Пробный запуск, ничего не записано. Будет так: ${counts}.`
      : `Готово: ${counts}.`;
  }
  const counts = `organisations ${of('added')} added, ${of('changed')} changed, ${of('unchanged')} unchanged; pages ${added} added${kept > 0 ? ` (of them websites and other networks, which are not read: ${kept})` : ''}, ${moved} moved`;
  return stage === 'planned' ? `Dry run, nothing was written. It would be: ${counts}.` : `Done: ${counts}.`;
}
