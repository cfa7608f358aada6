import { validate } from 'dockerfile-utils';
import { settingDefinitions } from '#domain/settings.ts';

/** One instruction of a Dockerfile. */
export interface Instruction {
  keyword: string;
  /** `--from=build` as `{ from: 'build' }`. */
  flags: Record<string, string>;
  /** What follows the flags, on one line. */
  text: string;
  /** The words of the exec form; `null` in the shell form. */
  words: string[] | null;
  /** The number of its stage, from 0 on. */
  stage: number;
}

/** The instructions of a Dockerfile, comments left out and continued lines joined. */
export function readDockerfile(content: string): Instruction[] {
  const lines = content
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  let stage = -1;
  return lines.map((line) => {
    const [, keyword = '', rest = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === 'FROM') stage += 1;
    const flags: Record<string, string> = {};
    const text = rest.replace(/^(?:--[\w-]+=\S+\s+)+/, (given) => {
      for (const [, name = '', value = ''] of given.matchAll(/--([\w-]+)=(\S+)/g)) flags[name] = value;
      return '';
    });
    return { keyword, flags, text: text.trim(), words: execForm(text), stage };
  });
}

function execForm(text: string): string[] | null {
  const [, list] = /^(?:CMD\s+)?(\[.*\])$/.exec(text.trim()) ?? [];
  if (list === undefined) return null;
  try {
    return JSON.parse(list) as string[];
  } catch {
    return null;
  }
}

/** Beside our settings: what Node and the C library read. */
const others = new Set(['NODE_ENV', 'TZ']);
const secrets = new Set(settingDefinitions.filter(({ secret }) => secret).map(({ name }) => String(name)));
const settings = new Set<string>(settingDefinitions.map(({ name }) => name));

/** Pairs of an `ENV` instruction. */
export function environmentOf({ text }: Instruction): [string, string][] {
  return text.split(/\s+/).map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  });
}

/** What is wrong with a Dockerfile of ours, a sentence each. `files` are those of the build context. */
export function dockerfileProblems(content: string, files: readonly string[]): string[] {
  const problems = validate(content).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  const instructions = readDockerfile(content);
  const last = Math.max(...instructions.map(({ stage }) => stage));
  const names: string[] = [];
  for (const { keyword, flags, text, words } of instructions) {
    if (keyword === 'FROM') {
      const [image = '', , name] = text.split(/\s+/);
      if (!names.includes(image)) {
        if (!/:\d+\.\d+\.\d+/.test(image)) problems.push(`${image} is not pinned to a version`);
        if (/alpine|musl/.test(image))
          problems.push(`${image} has no glibc, which the embedded database needs`);
      }
      if (name) names.push(name);
    }
    if (keyword === 'ADD') problems.push('ADD fetches and unpacks: use COPY');
    if (keyword === 'COPY' && flags['from'] !== undefined && !names.includes(flags['from'])) {
      problems.push(`COPY --from=${flags['from']} names no stage`);
    }
    if (keyword === 'COPY' && flags['from'] === undefined) {
      for (const source of text.split(/\s+/).slice(0, -1)) {
        const path = source.replace(/^\.\/?|\/$/g, '');
        const isThere = path === '' || files.some((file) => file === path || file.startsWith(`${path}/`));
        if (!isThere) problems.push(`COPY ${source}: no such file in the build context`);
      }
    }
    if (keyword === 'RUN' && /\bnpm["\s,]+(?:install|i)\b/.test(text))
      problems.push('npm install changes versions: use npm ci');
    if (keyword === 'RUN' && text.startsWith('[') && words === null)
      problems.push(`RUN ${text} is no JSON list`);
    if (keyword === 'ENV' || keyword === 'ARG') {
      for (const [name] of environmentOf({ text } as Instruction)) {
        if (secrets.has(name)) problems.push(`${keyword} ${name} would stay in the image for good`);
        else if (!settings.has(name) && !others.has(name)) problems.push(`${keyword} ${name} is no setting`);
      }
    }
  }
  return [...problems, ...finalStageProblems(instructions.filter(({ stage }) => stage === last))];
}

function finalStageProblems(stage: readonly Instruction[]): string[] {
  const problems: string[] = [];
  const of = (keyword: string): Instruction | undefined => stage.findLast((each) => each.keyword === keyword);
  const user = of('USER')?.text;
  if (user === undefined || /^(?:root|0)(?::|$)/.test(user)) problems.push('the image runs as root');
  for (const keyword of ['CMD', 'HEALTHCHECK']) {
    if (!of(keyword)?.words) problems.push(`${keyword} has to be there, in exec form`);
  }
  if (of('ENTRYPOINT') && !of('ENTRYPOINT')?.words) problems.push('ENTRYPOINT has to be in exec form');
  if (of('CMD')?.words?.[0] !== 'node') problems.push('CMD has to be node itself, which is told to end');
  if (!/\/(?:healthz|readyz)\b/.test(of('HEALTHCHECK')?.text ?? ''))
    problems.push('HEALTHCHECK asks neither /healthz nor /readyz');
  const environment = new Map(
    stage.filter(({ keyword }) => keyword === 'ENV').flatMap((each) => environmentOf(each)),
  );
  const dataDirectory = environment.get('DATA_DIR') ?? '';
  if (!of('VOLUME')?.words?.includes(dataDirectory)) problems.push('DATA_DIR is no volume');
  if (of('EXPOSE')?.text !== environment.get('PORT')) problems.push('EXPOSE and PORT differ');
  return problems;
}
